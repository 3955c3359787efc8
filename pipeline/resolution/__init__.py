"""Which names mean the same organisation, and which only belong together."""
