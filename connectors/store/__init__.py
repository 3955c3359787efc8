"""What Weaver remembers between runs: one SQLite file, `state.db`. Kept light for the idle look."""

STORE_VERSION = 6
"""The schema this program writes: the number of the newest migration."""
