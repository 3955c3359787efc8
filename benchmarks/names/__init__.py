"""How well names of organisations are told apart and together: `make bench-names`."""
