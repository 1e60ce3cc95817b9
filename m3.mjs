await import("/tmp/sdist/chunks/all.js");process.exit()
