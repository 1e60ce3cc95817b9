# What is refused before anything is planned, one run for each rule.

mock_provider "aws" {}

variables {
  bucket_name = "acme-terraform-state"
}

run "bucket_name_with_dots_is_refused" {
  command = plan

  variables {
    bucket_name = "acme.state"
  }

  expect_failures = [var.bucket_name]
}

run "bucket_name_with_capitals_is_refused" {
  command = plan

  variables {
    bucket_name = "Acme"
  }

  expect_failures = [var.bucket_name]
}

run "bucket_name_that_s3_reserves_is_refused" {
  command = plan

  variables {
    bucket_name = "acme-s3alias"
  }

  expect_failures = [var.bucket_name]
}

run "name_with_slash_is_refused" {
  command = plan

  variables {
    name = "a/b"
  }

  expect_failures = [var.name]
}

run "no_environment_is_refused" {
  command = plan

  variables {
    environments = []
  }

  expect_failures = [var.environments]
}

run "environment_with_slash_is_refused" {
  command = plan

  variables {
    environments = ["a/b"]
  }

  expect_failures = [var.environments]
}

run "unknown_lock_is_refused" {
  command = plan

  variables {
    lock = "s3"
  }

  expect_failures = [var.lock]
}

run "kms_alias_is_refused" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:alias/state"
  }

  expect_failures = [var.kms_key_arn]
}

run "no_days_is_refused" {
  command = plan

  variables {
    old_versions = { days = 0 }
  }

  expect_failures = [var.old_versions]
}

run "more_versions_than_s3_keeps_is_refused" {
  command = plan

  variables {
    old_versions = { keep = 101 }
  }

  expect_failures = [var.old_versions]
}

run "log_bucket_without_name_is_refused" {
  command = plan

  variables {
    access_logs = { bucket = "" }
  }

  expect_failures = [var.access_logs]
}
