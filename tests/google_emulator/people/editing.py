"""What coordinators do to a form in its editor."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence

from tests.google_emulator.forms import linked, questions
from tests.google_emulator.forms.filling import Key
from tests.google_emulator.forms.model import Collects, Form, with_ids
from tests.google_emulator.forms.questions import Item, questions_of
from tests.google_emulator.world import World


def _edit(world: World, form: Form, change: Callable[[], None]) -> None:
    """Change the form; the linked sheet's header follows."""
    with world.lock:
        change()
        form.changed(world.random)
        linked.follow(world, form)
        world.touch(form.id)


def rename_question(world: World, form: Form, key: Key, title: str) -> None:
    """Give a question another title; its id and its column stay."""
    item = form.item_of(key)
    _edit(world, form, lambda: item.update(title=title))


def rename_row(world: World, form: Form, key: Key, title: str) -> None:
    """Give a row of a grid another title."""
    wanted = form.find(key).id
    rows = questions_of(form.item_of(key))
    row = next(row for row in rows if row["questionId"] == wanted)
    _edit(world, form, lambda: row["rowQuestion"].update(title=title))


def change_options(world: World, form: Form, key: Key, options: Sequence[str]) -> None:
    """Offer other options; "Other" stays if it was there."""
    question = questions_of(form.item_of(key))[0]["choiceQuestion"]
    others = [option for option in question["options"] if option.get("isOther")]
    new = [{"value": option} for option in options]
    _edit(world, form, lambda: question.update(options=new + others))


def move_question(world: World, form: Form, key: Key, to: int) -> None:
    """Drag a question to another place of the form; its column stays where it is."""
    item = form.item_of(key)

    def change() -> None:
        form.items.remove(item)
        form.items.insert(to, item)

    _edit(world, form, change)


def add_question(world: World, form: Form, question: str | Item, to: int | None = None) -> Item:
    """Add a question (or a section, or a text), last unless a place is given."""
    item = questions.text(question) if isinstance(question, str) else question
    made = with_ids(world.random, form, item)
    place = len(form.items) if to is None else to
    _edit(world, form, lambda: form.items.insert(place, made))
    return made


def delete_question(world: World, form: Form, key: Key) -> Item:
    """Delete a question; its column and the answers of before stay."""
    item = form.item_of(key)
    _edit(world, form, lambda: form.items.remove(item))
    return item


def readd_question(world: World, form: Form, item: Item) -> Item:
    """Add a deleted question once more: it looks the same, and has new ids and a new column."""
    return add_question(world, form, _without_ids(item))


def add_branch_question(world: World, form: Form, key: Key, section: str = "Another page") -> Item:
    """Ask the same once more on a page of its own: a second column with the same title."""
    item = form.item_of(key)
    add_question(world, form, questions.section(section))
    return add_question(world, form, _without_ids(item))


def _without_ids(item: Item) -> Item:
    again = copy.deepcopy(item)
    again.pop("itemId", None)
    for question in questions_of(again):
        question.pop("questionId", None)
    return again


def collect_addresses(world: World, form: Form, how: Collects) -> None:
    """Choose whether and how the form collects addresses."""
    _edit(world, form, lambda: setattr(form, "collects", how))


def publish(world: World, form: Form) -> None:
    """Publish the form and let people fill it in."""
    _state(world, form, published=True, accepting=True)


def unpublish(world: World, form: Form) -> None:
    """Nobody sees the form any more."""
    _state(world, form, published=False, accepting=False)


def close_form(world: World, form: Form) -> None:
    """Accept no more responses."""
    _state(world, form, published=form.published, accepting=False)


def _state(world: World, form: Form, published: bool | None, accepting: bool) -> None:
    with world.lock:
        form.published = None if form.published is None else published
        form.accepting = accepting
        world.touch(form.id)
