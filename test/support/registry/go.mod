module example.com/registry

go 1.25.5

require github.com/google/go-containerregistry v0.22.1
