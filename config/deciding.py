"""Who may join, and who decides it, as the coalition has set it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from config.base import Frozen, Line

Grave = Literal["suspend", "remove", "withdraw", "not accepted"]


class Eligibility(Frozen):
    """Which organisations may join. What is left out is not asked about.

    Attributes:
        kinds: kinds of organisation that may join, in the form's words; any where left out.
        not_kinds: kinds that may not.
        countries: countries from which they may join, as the form writes them.
        smallest: members or staff that an organisation has at least.
        youngest: months for which it exists at least.
        roles: roles that may sign, one of them as whole words; any where left out.
        excluded: employers, funders and others that are kept out, by name or web domain.
        parties: names of political parties and candidates, beside the usual words for them.
        parties_may_join: political parties and candidates raise no question.
        governments_may_join: public bodies and elected officials raise no question.
    """

    kinds: tuple[Line, ...] = ()
    not_kinds: tuple[Line, ...] = ()
    countries: tuple[Line, ...] = ()
    smallest: int | None = Field(default=None, ge=1)
    youngest: int | None = Field(default=None, ge=1)
    roles: tuple[Line, ...] = ()
    excluded: tuple[Line, ...] = ()
    parties: tuple[Line, ...] = ()
    parties_may_join: bool = False
    governments_may_join: bool = False


class Decider(Frozen):
    """Somebody whose word counts in To decide and Changes.

    Attributes:
        name: as it is written under Decided by and Entered by.
        employer: the organisation that the person works for, on which it doesn't decide.
    """

    name: Line
    employer: Line | None = None
