"""Google: spreadsheets and forms over one authorised session."""
