"""Which names, websites and places speak of the same organisation."""
