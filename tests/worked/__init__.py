"""The worked examples of docs/worked, run; `python -m tests.worked --write` renews them."""
