"""Decision-makers: who is who, and where each stood on any day."""
