"""The picture that each worked example leads to: name of the page → how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.model import Result

PICTURES: Mapping[str, Callable[[Result], str]] = {}
"""Name of the page → its picture as SVG."""
