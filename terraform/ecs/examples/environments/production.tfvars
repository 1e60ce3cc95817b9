environment = "production"
image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders-mcp:1.4.0"
zone_name   = "example.com"
