"""Sheets v4: the model of a spreadsheet and the methods that read and change it."""
