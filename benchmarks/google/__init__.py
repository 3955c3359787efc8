"""How many requests it takes to keep a coalition on Google up to date, beside other programs."""
