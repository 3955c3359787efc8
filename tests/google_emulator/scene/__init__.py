"""A coalition on the emulated Google, built from a local coalition's folder."""

from tests.google_emulator.scene.coalition import Scene
from tests.google_emulator.scene.rows import without_odd_rows

__all__ = ["Scene", "without_odd_rows"]
