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
from reports.facts import DigestFacts, Due, Goal, Moved, Read, Titles, Told

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


def test_more_than_forty_names_are_folded(facts: DigestFacts) -> None:
    many = tuple(f"Club {n:03}" for n in range(108))
    facts = replace(facts, titles=Titles(who_has_signed="Wer dabei ist"))
    text = digest_text(replace(facts, listed=108, public_list=many, newly_listed=many[:40]))
    assert "- All who are named: Club 000, Club 001" in text
    assert "Club 010, Club 011, … and 96 more in the tab Wer dabei ist\n" in text
    assert "Club 038 and Club 039\n" in text
    text = digest_text(replace(facts, newly_listed=many[:41], taken_off=many))
    assert "Club 011, … and 29 more in the tab Wer dabei ist\n" in text
    assert "Club 011, … and 96 more in the tab Wer dabei ist\n" in text


def _grown(facts: DigestFacts, lines: int) -> DigestFacts:
    """As many lines wherever lists grow with the coalition; the last stand in other tabs."""
    day = facts.as_of
    dues = [Due(day, f"Deed {n}", f"Club {n}", tab=f"Tab {n // 13}") for n in range(lines)]
    told = [Told(f"Club {n}: Deed {n}", f"Tab {n // 13}") for n in range(lines)]
    return replace(
        facts,
        left=tuple(Moved(f"Club {n}", "withdrew", day) for n in range(lines)),
        coming=tuple(dues), promises=tuple(dues), odd=tuple(told), good=tuple(told),
        goals=tuple(Goal(f"Number {n}", "1", "2", None, "behind", "") for n in range(lines)),
        read=tuple(Read(f"File {n}", 0, 0, "it is none") for n in range(lines)),
    )  # fmt: skip


def _part(text: str, title: str) -> list[str]:
    return text.partition(f"\n{title}\n")[2].partition("\n\n")[0].splitlines()


@pytest.mark.parametrize(
    ("title", "before", "tab"),
    [
        ("WHO LEFT", 0, "in the tab Who has signed"),
        ("NEXT SEVEN DAYS", 0, "in the tabs Tab 0 and Tab 1"),
        ("PROMISES DUE", 1, "in the tabs Tab 0 and Tab 1"),
        ("OUR TARGETS", 0, "in the tab Numbers"),
        ("SOMETHING ODD", 0, "in the tabs Tab 0 and Tab 1"),
        ("SOMETHING GOOD TO SHARE", 0, "in the tabs Tab 0 and Tab 1"),
    ],
)
def test_twelve_lines_and_where_the_others_stand(
    facts: DigestFacts, title: str, before: int, tab: str
) -> None:
    lines = _part(digest_text(_grown(facts, 15)), title)
    assert len(lines) == before + 13
    assert lines[-1].removeprefix("- ") == f"and 3 more {tab}"
    lines = _part(digest_text(_grown(facts, 12)), title)
    assert len(lines) == before + 12
    assert "more" not in lines[-1]


def test_what_stands_in_no_tab_is_counted_all_the_same(facts: DigestFacts) -> None:
    told = tuple(Told(f"Deed {n}") for n in range(14))
    lines = _part(digest_text(replace(facts, good=told)), "SOMETHING GOOD TO SHARE")
    assert lines[-1] == "and 2 more"


def test_twelve_troubles_come_first(facts: DigestFacts) -> None:
    lines = digest_text(_grown(facts, 15)).splitlines()
    assert lines[11] == "! File 11 could not be read: it is none."
    assert lines[12] == "! and 3 more in the tab To fix"
    assert lines[13].startswith("41 members")


def test_of_many_tabs_only_the_sign_ons_are_told_by_name(facts: DigestFacts) -> None:
    tabs = (Read("Sign-ons", 52, 2), *(Read(f"Tab {n}", 10, n % 2) for n in range(7)))
    text = digest_text(replace(facts, read=tabs))
    assert "Sign-ons (52 rows, 2 set aside); Tab 0 (10 rows); Tab 1 (10 rows, 1 set aside)" in text
    text = digest_text(replace(facts, read=(*tabs, Read("Tab 7", 10, 0))))
    assert (
        "Read as of 12 October: Sign-ons (52 rows, 2 set aside); "
        "8 more tabs and forms (80 rows, 3 set aside). "
    ) in text


@pytest.mark.parametrize(
    ("soon", "late", "said"),
    [
        (0, 0, "No promise is due."),
        (1, 0, "1 promise is due."),
        (2, 0, "2 promises are due."),
        (0, 1, "1 promise is overdue."),
        (0, 2, "2 promises are overdue."),
        (1, 1, "2 promises are due, 1 of them overdue."),
        (3, 2, "5 promises are due, 2 of them overdue."),
    ],
)
def test_how_many_promises(facts: DigestFacts, soon: int, late: int, said: str) -> None:
    due, overdue = (Due(facts.as_of, "Sing", "", overdue=o) for o in (False, True))
    text = digest_text(replace(facts, promises=(overdue,) * late + (due,) * soon))
    assert _part(text, "PROMISES DUE")[0] == said


def test_what_is_due_may_lack_its_words_or_whose_it_is(facts: DigestFacts) -> None:
    day = facts.as_of
    coming = (Due(day, "Sing", ""), Due(day, "", "River Keepers"), Due(day, "", ""))
    assert _part(digest_text(replace(facts, coming=coming)), "NEXT SEVEN DAYS") == [
        "- Mon 12 October: Sing", "- Mon 12 October: River Keepers", "- Mon 12 October",
    ]  # fmt: skip


def test_chapters_stand_beside_the_members(facts: DigestFacts) -> None:
    text = digest_text(replace(facts, chapters=9, parents=1))
    assert "\n41 members (of which 9 chapters of 1 parent), 3 more than a week ago; 28 on" in text


def test_what_nobody_sees_is_left_out(facts: DigestFacts) -> None:
    unseen = "Pay\u200bpal \u00adof\U000e0041 \ufff9the\u2063 Riv\u200bers \u2069me\u0085n\u200cu"
    text = digest_text(replace(facts, good=(Told(unseen),)))
    assert "\nPaypal of the Rivers me n\u200cu.\n" in text


def test_long_names_and_texts_are_cut(facts: DigestFacts) -> None:
    long = "very " * 100
    due = Due(facts.as_of, long, long, overdue=True)
    text = digest_text(
        replace(facts, promises=(due,), coming=(due,), left=(), newly_listed=(long,))
    )
    assert f"- Newly listed: {'very ' * 17}very…\n" in text
    assert f"- Mon 12 October: {'very ' * 31}very… ({'very ' * 17}very…)\n" in text


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


def test_the_page_stays_small_however_long_the_lists_are(hostile: DigestFacts) -> None:
    page = digest_html(
        replace(
            hostile, coming=hostile.coming * 99, promises=hostile.promises * 99,
            good=hostile.good * 99, odd=hostile.odd * 99, left=hostile.left * 99,
            newly_listed=hostile.newly_listed * 99, joined=hostile.joined * 99,
            read=hostile.read * 99, figures=(),
        ),
        "p",
    )  # fmt: skip
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
