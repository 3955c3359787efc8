"""Cleans a list that somebody has: reads it, resolves it, writes it with what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from config.errors import BadData, WrongUsage
from config.lists import find_columns
from config.questions import match
from config.raw import RawList, Scalar
from config.text import shorten
from config.words import count, say
from connectors.lists import read_lists, write_list
from pipeline.domains import own_domains
from pipeline.intake.cells import as_text
from pipeline.resolution.listing import FIELDS, resolve
from pipeline.resolution.matching import Match, match_records

ADDED = ("organisation_id", "canonical_name", "confidence", "because")
