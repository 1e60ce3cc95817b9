# The host name in Route 53, and the certificate for it. The HTTPS listener takes the certificate from its
# validation, not from the certificate itself: AWS refuses one that has not been issued yet.

# The zones as Route 53 knows them. A wrong zone is refused before anything is made: the validation of a certificate would wait for
# a record that nobody can see.
data "aws_route53_zone" "endpoint" {
  count = var.dns == null ? 0 : 1

  zone_id = var.dns.zone_id

  lifecycle {
    postcondition {
      condition     = self.private_zone != true || local.internal
      error_message = "dns.zone_id is a private zone, and the load balancer is public: clients on the internet would not find the name. Give the public zone, or an internal load balancer."
    }
    postcondition {
      condition     = self.private_zone != true || !local.make_certificate || var.dns.validation_zone_id != null
      error_message = "dns.zone_id is a private zone, in which no certificate can be validated: give the public zone of the same name as dns.validation_zone_id, or an existing certificate."
    }
    postcondition {
      condition     = var.dns.domain_name == trimsuffix(self.name, ".") || endswith(var.dns.domain_name, ".${trimsuffix(self.name, ".")}")
      error_message = "dns.domain_name (${var.dns.domain_name}) is not in the zone dns.zone_id, which is ${self.name}."
    }
  }
}

resource "aws_route53_record" "endpoint" {
  count = var.dns == null ? 0 : 1

  zone_id = var.dns.zone_id
  name    = var.dns.domain_name
  type    = "A"

  alias {
    name    = local.load_balancer.dns_name
    zone_id = local.load_balancer.zone_id
    # A broken server must be seen as what it is, not as a name that does not resolve.
    evaluate_target_health = false
  }
}

resource "aws_acm_certificate" "this" {
  count = local.make_certificate ? 1 : 0

  domain_name       = local.domain_name
  validation_method = "DNS"
  tags              = local.tags

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  # One host name, so one option; the provider gives a set.
  validation_option = one(flatten(aws_acm_certificate.this[*].domain_validation_options[*]))
}

resource "aws_route53_record" "validation" {
  count = local.make_certificate && var.dns != null ? 1 : 0

  zone_id = coalesce(var.dns.validation_zone_id, var.dns.zone_id)
  name    = local.validation_option.resource_record_name
  type    = local.validation_option.resource_record_type
  records = [local.validation_option.resource_record_value]
  ttl     = 60

  # ACM asks for the same record whenever the same name is requested again in the account.
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "this" {
  count = local.make_certificate ? 1 : 0

  certificate_arn         = aws_acm_certificate.this[0].arn
  validation_record_fqdns = var.dns == null ? null : aws_route53_record.validation[*].fqdn

  # The default of the provider is 75 minutes, longer than most jobs may take.
  timeouts {
    create = "${var.certificate_timeout_minutes}m"
  }
}
