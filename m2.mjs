await import("/tmp/sdist/chunks/outputs.js");process.exit()
