"""The rules: each one declaration with many uses."""
