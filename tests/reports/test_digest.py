"""The weekly digest: what it says, in which order, and what it does to texts that mean harm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest

from reports import render
from reports.digest import digest_html, digest_text, subject
from reports.facts import DigestFacts

HEADINGS = [
    "The public list", "Who left", "To decide", "Next seven days", "Promises due",
    "Something odd", "Something good to share", "Numbers",
]  # fmt: skip


class Page(HTMLParser):
    """Elements and texts of a page, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in {"meta", "img", "br"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self._open[-1], data))

    def styles(self) -> Iterator[dict[str, str]]:
        """Declarations per element that has any."""
        for _, attributes in self.elements:
            parts = (attributes.get("style") or "").split(";")
            pairs = (part.split(":", 1) for part in parts if ":" in part)
            yield {name.strip(): value.strip() for name, value in pairs}


def test_the_plain_text_says_all(facts: DigestFacts) -> None:
    expected = Path(__file__).with_name("digest.txt").read_text(encoding="utf-8")
    assert digest_text(facts) == expected


def test_a_quiet_week_says_so_in_short_sentences(quiet: DigestFacts) -> None:
    assert digest_text(quiet) == (
        """1 partner, as many as a week ago; nobody on the public list.

Riverside Homes for All · Week 41, 5–11 October 2026
1 partner: as many as on 1 October.

Read as of 12 October: Sign-ons (1 row).

THE PUBLIC LIST
Nobody is named in public: it takes the signer's and a coordinator's yes.

WHO LEFT
Nobody left this week.

TO DECIDE
Nothing waits for a decision.

NEXT SEVEN DAYS
Nothing has a date in the next seven days.

PROMISES DUE
No promise is due.

Every name, reason and number stands in results.xlsx.
"""
    )


def test_subject(facts: DigestFacts, quiet: DigestFacts) -> None:
    assert subject(facts) == "Week 41: 41 members (+3), 7 to decide – Riverside Homes for All"
    assert subject(replace(facts, members=36)).startswith("Week 41: 36 members (−2), 7 to decide")
    assert subject(quiet) == "Week 41: 1 partner, nothing to decide – Riverside Homes for All"


def test_sections_stand_in_order(facts: DigestFacts) -> None:
    page = Page(digest_html(facts, "p"))
    assert [text for tag, text in page.texts if tag == "h2"] == HEADINGS


def test_what_could_not_be_read_comes_first(facts: DigestFacts) -> None:
    trouble = "Actions could not be read: it has no column Date."
    assert digest_text(facts).startswith(f"! {trouble}\n41 members, 3 more than a week ago")
    page = Page(digest_html(facts, "p"))
    first, second, *_ = [text for tag, text in page.texts if tag != "title"]
    assert (first, second) == (trouble, trouble)


def test_page_and_text_say_the_same(facts: DigestFacts) -> None:
    def words(text: str) -> list[str]:
        return sorted(set(re.findall(r"\w+", text.casefold())))

    page = Page(digest_html(facts, "p"))
    picture = next(a["alt"] or "" for tag, a in page.elements if tag == "img")
    shown = " ".join(text for tag, text in page.texts if tag != "title")
    assert words(f"{shown} {picture}") == words(digest_text(facts))


def test_long_lists_are_folded_but_changes_are_named_in_full(facts: DigestFacts) -> None:
    many = tuple(f"Club {n:03}" for n in range(108))
    text = digest_text(replace(facts, listed=108, public_list=many, newly_listed=many[:60]))
    assert "- All who are named: Club 000, Club 001" in text
    assert "Club 011, … and 96 more" in text
    assert "Club 058 and Club 059" in text


def test_names_that_hold_commas_are_parted_by_semicolons(facts: DigestFacts) -> None:
    text = digest_text(replace(facts, newly_listed=("Smith, Jones & Co", "Abel", "Zoe")))
    assert "- Newly listed: Smith, Jones & Co; Abel and Zoe\n" in text


def test_nothing_hostile_becomes_markup(facts: DigestFacts, hostile: DigestFacts) -> None:
    usual, page = Page(digest_html(facts, "p")), Page(digest_html(hostile, "p"))
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in usual.elements}
    names = {name for _, attributes in page.elements for name in attributes}
    assert names <= {name for _, attributes in usual.elements for name in attributes}
    assert not names & {"href", "onmouseover", "onclick"}
    assert "<script>alert(1)</script>" in "".join(text for _, text in page.texts)


@pytest.mark.parametrize("write", [lambda f: digest_html(f, "p"), digest_text])
def test_no_sign_that_misleads_the_eye_comes_through(
    write: Callable[[DigestFacts], str], hostile: DigestFacts
) -> None:
    written = write(hostile)
    assert not re.search("[\u202a-\u202e\u2066\u2067\ud800-\udfff\x00-\x09\x0b-\x1f\x7f]", written)
    assert "W" * 600 not in written
    assert "\u0301" * 4 not in written
    assert "{{ 7 * 7 }}{% raw %} {people} {0} %s" in written


def test_a_line_break_in_a_name_forges_no_line(hostile: DigestFacts) -> None:
    assert not any(line.startswith("Bcc") for line in digest_text(hostile).splitlines())


def test_names_are_set_apart_from_the_sentence(facts: DigestFacts) -> None:
    page, text = digest_html(facts, "p"), digest_text(facts)
    assert "<bdi>אגודת הדיירים של הנמל</bdi>" in page
    assert "\u2068אגודת הדיירים של הנמל\u2069" in text
    assert "\u2068Penguin" not in text


def test_a_template_that_lacks_a_value_fails() -> None:
    with pytest.raises(jinja2.UndefinedError):
        render.as_html("digest.html", headline="x")
    with pytest.raises(jinja2.UndefinedError):
        render.as_text("digest.txt", headline="x")


def test_the_page_needs_nothing_from_outside(facts: DigestFacts) -> None:
    page = digest_html(facts, "picture@example.org")
    parsed = Page(page)
    sources = [a["src"] for _, a in parsed.elements if "src" in a]
    assert sources == ["cid:picture@example.org"]
    assert not re.search(r"https?:|url\(|@import|<link|<style|<script", page)


def test_the_page_says_its_language_and_stays_small(hostile: DigestFacts) -> None:
    page = digest_html(hostile, "p")
    assert Page(page).elements[0] == ("html", {"lang": "en", "dir": "ltr"})
    assert len(page.encode()) < 100_000


def test_no_text_is_smaller_than_14_pixels(facts: DigestFacts) -> None:
    sizes = [s["font-size"] for s in Page(digest_html(facts, "p")).styles() if "font-size" in s]
    assert sizes
    assert all(size.endswith("px") for size in sizes)
    assert min(float(size[:-2]) for size in sizes) >= 14
    assert max(float(size[:-2]) for size in sizes) > 20


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_text_stands_out_from_its_ground(facts: DigestFacts) -> None:
    measured = 0
    for style in Page(digest_html(facts, "p")).styles():
        if "color" in style:
            over, under = style["color"], style.get("background-color", "#ffffff")
            light, dark = sorted((_luminance(over), _luminance(under)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, style
            measured += 1
    assert measured > 10
