"""The invented coalition that `weaver demo` writes: Rivers for All, on its own fixed date."""

from __future__ import annotations

from pipeline.demo.folder import write_folder
from pipeline.demo.story import STAGES, TODAY, ChangeRow, Stage, answer

__all__ = ["STAGES", "TODAY", "ChangeRow", "Stage", "answer", "write_folder"]
