"""Forms v1, the linked response sheet, and what members do with a form."""

from tests.google_emulator.forms.filling import Refused, delete_response, edit_response, submit
from tests.google_emulator.forms.linked import link_sheet, linked_tab, unlink
from tests.google_emulator.forms.model import Form, Habits, Response, Upload, create_form

__all__ = [
    "Form",
    "Habits",
    "Refused",
    "Response",
    "Upload",
    "create_form",
    "delete_response",
    "edit_response",
    "link_sheet",
    "linked_tab",
    "submit",
    "unlink",
]
