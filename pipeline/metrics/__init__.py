"""The metrics: each one declaration with many uses."""
