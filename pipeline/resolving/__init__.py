"""`weaver resolve`: a list that somebody has, cleaned."""
