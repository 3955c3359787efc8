"""Who is close to whom, and whom it would help to introduce."""
