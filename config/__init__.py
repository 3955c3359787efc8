"""What the coalition decided: settings, statement, tables, words. Knows no other room."""
