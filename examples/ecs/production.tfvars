name  = "weather"
image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/weather:1.0.0"
dns   = { domain_name = "mcp.example.com", zone_id = "Z0123456789ABCDEFGHIJ" }

# Made with the two roles. Without it the apply role may not make a role for the server.
permissions_boundary_arn = "arn:aws:iam::123456789012:policy/mcp-deploy-servers"
