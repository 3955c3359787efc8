"""Turns results into documents. No I/O; a template may know `Facts` and nothing else."""
