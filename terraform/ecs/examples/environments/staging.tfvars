environment = "staging"
image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders-mcp:1.5.0-rc.1"
zone_name   = "example.com"
