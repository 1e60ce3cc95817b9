# What is refused before anything is planned, one run for each rule.

mock_provider "aws" {}

variables {
  name = "weather"
}

run "name_with_capitals_is_refused" {
  command = plan

  variables {
    name = "Weather"
  }

  expect_failures = [var.name]
}

run "name_with_two_separators_is_refused" {
  command = plan

  variables {
    name = "acme//weather"
  }

  expect_failures = [var.name]
}

run "name_of_one_letter_is_refused" {
  command = plan

  variables {
    name = "a"
  }

  expect_failures = [var.name]
}

run "keeping_too_few_images_is_refused" {
  command = plan

  variables {
    images = { keep = 9 }
  }

  expect_failures = [var.images]
}

run "keeping_half_an_image_is_refused" {
  command = plan

  variables {
    images = { keep = 10.5 }
  }

  expect_failures = [var.images]
}

run "keeping_too_many_images_is_refused" {
  command = plan

  variables {
    images = { keep = 10001 }
  }

  expect_failures = [var.images]
}

run "untagged_for_no_day_is_refused" {
  command = plan

  variables {
    images = { untagged_days = 0 }
  }

  expect_failures = [var.images]
}

run "tag_pattern_with_blank_is_refused" {
  command = plan

  variables {
    images = { keep_tags = ["release *"] }
  }

  expect_failures = [var.images]
}

run "tag_pattern_with_five_stars_is_refused" {
  command = plan

  variables {
    images = { keep_tags = ["*a*b*c*d*"] }
  }

  expect_failures = [var.images]
}

run "account_of_eleven_digits_is_refused" {
  command = plan

  variables {
    pull_account_ids = ["12345678901"]
  }

  expect_failures = [var.pull_account_ids]
}

run "alias_of_a_key_is_refused" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:alias/images"
  }

  expect_failures = [var.kms_key_arn]
}
