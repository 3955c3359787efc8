"""The responses to a form of Google, from where they are shared: the form, its sheet, or both."""

from __future__ import annotations

from functools import cached_property

from config.raw import RawTable
from connectors.google.fetching import Fetched
from connectors.google.forms import Answered, Titles, answered
from connectors.google.linked import Wordings, linked_table
from connectors.google.reconcile import reconciled


class GoogleSignOns:
    """The responses to one form, as they were fetched."""

    def __init__(self, fetched: Fetched, own: Wordings, known: Titles) -> None:
        """Make ready to read.

        Args:
            fetched: what Google holds.
            own: field → how the form words its questions, as the settings say.
            known: question id → titles remembered from earlier runs.
        """
        self._fetched = fetched
        self._own = own
        self._known = known

    def read(self) -> RawTable:
        """All responses."""
        return self.answered.table

    @cached_property
    def answered(self) -> Answered:
        """All responses, and what is said about them. The form goes before its sheet."""
        form, linked = self._fetched.form, self._fetched.linked
        asked = answered(form, self._fetched.responses, self._known) if form is not None else None
        if linked is None:
            return asked or Answered(RawTable("", (), (), ()))
        questions = asked.questions if asked else ()
        table, problems = linked_table(linked, self._own, questions)
        if asked is None or form is None:
            return Answered(table, problems)
        both = reconciled(asked, linked, table, self._own, form)
        return Answered(
            both.table, (*both.problems, *problems), both.shown, both.titles, both.verified,
            both.questions,
        )  # fmt: skip
