"""Sheets v4, Drive v3, Forms v1 and Google's tokens on a loopback address, for tests."""
