"""Numbers of the dictionary that nobody can count from Weaver's tables."""

from __future__ import annotations

from pipeline.metrics.model import Wanting

WANTING: tuple[Wanting, ...] = (
    Wanting("C23", "Answers to the survey of relationships", "Connect",
            "a survey that asks each member about each other one"),
    Wanting("P13", "Shared resources", "Produce", "a tab of resources, who gave and who used them"),
    Wanting("P14", "Hours given", "Produce", "a tab of hours by person and project"),
    Wanting("I14", "Success in four ways", "Impact",
            "a tab in which each win is judged in four ways: won, a shifted climate, stronger "
            "relationships, more leaders"),
)  # fmt: skip
