"""Everything that touches the world: files, the store, mail. Knows only `config`."""
