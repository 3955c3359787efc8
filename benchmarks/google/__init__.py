"""How many requests it takes to keep a coalition's spreadsheet up to date, beside other programs."""
