"""One file per command: options in, exit status out."""
