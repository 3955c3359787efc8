"""Which letters go to those who sign, to whom, and what they say. No I/O."""
