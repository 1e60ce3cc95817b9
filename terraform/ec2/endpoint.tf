# The name, what must outlive an instance so that its successor can serve that name at once, and the logs.

resource "aws_route53_record" "this" {
  count = var.dns == null ? 0 : 1

  zone_id = var.dns.zone_id
  name    = var.dns.domain_name
  type    = "A"
  ttl     = 60
  records = [aws_eip.this.public_ip]
}

# Certificate, key and ACME account, put here by the instance itself: Terraform makes the empty place and never sees
# what is in it. A certificate for each instance would meet Let's Encrypt's limit at the sixth deployment of a week:
# https://letsencrypt.org/docs/rate-limits/#new-certificates-per-exact-set-of-identifiers
resource "aws_secretsmanager_secret" "certificates" {
  # checkov:skip=CKV2_AWS_57: It keeps certificates, which the proxy renews.
  count = local.https ? 1 : 0

  name_prefix             = "${var.name}/tls-"
  description             = "TLS certificate, private key and ACME account of the MCP server ${var.name}, written by its instance"
  kms_key_id              = var.secrets_kms_key_arn
  recovery_window_in_days = 7
  tags                    = local.tags
}

resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_338: Set logs.retention_days to 365 or more where a rule of yours requires it.
  count = var.logs == null ? 0 : 1

  name              = "/mcp/${var.name}"
  retention_in_days = var.logs.retention_days
  kms_key_id        = var.logs.kms_key_arn
  tags              = local.tags
}
