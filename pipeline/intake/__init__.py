"""Turns raw tables into typed ones. Bad cells are set aside, named and counted."""
