await import("/tmp/sdist/chunks/contract.js");process.exit()
