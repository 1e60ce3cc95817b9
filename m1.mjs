await import("/tmp/sdist/chunks/core.js");process.exit()
