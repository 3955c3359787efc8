"""Whose a web address is."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domains import (
    are_free_mail,
    is_free_mail,
    mail_domain,
    mail_domains,
    own_domain,
    own_domains,
)

# what was typed -> the organisation's own domain
WEBSITES = """
https://www.Tree.org/about?x=1#y -> tree.org
tree.org -> tree.org
TREE.ORG. -> tree.org
http://shop.tree.co.uk:8080 -> tree.co.uk
https://user:secret@tree.org/ -> tree.org
//tree.org -> tree.org
http//tree.org -> tree.org
https://https://tree.org -> tree.org
tree.org//about -> tree.org
info@tree.org -> tree.org
ana@gmail.com ->
gmail.com -> gmail.com
see www.tree.org or facebook.com/tree -> tree.org
facebook.com/tree, www.tree.org -> tree.org
tree.github.io -> tree.github.io
a.tree.github.io -> tree.github.io
github.io ->
tree.wordpress.com -> tree.wordpress.com
wordpress.com/tree ->
https://www.facebook.com/tree ->
https://de-de.facebook.com/tree ->
instagram.com/tree ->
linktr.ee/tree ->
https://sites.google.com/view/tree ->
https://docs.google.com/forms/d/1 ->
medium.com/@tree ->
tree.example.org -> tree.example.org
www.tree.example.org -> tree.example.org
a.tree.example.com -> tree.example.com
example.org ->
www.example.net ->
bücher.de -> xn--bcher-kva.de
BÜCHER.de -> xn--bcher-kva.de
xn--bcher-kva.de -> xn--bcher-kva.de
straße.de -> xn--strae-oqa.de
пример.рф -> xn--e1afmkfd.xn--p1ai
tree。org -> tree.org
192.168.0.1 ->
[::1] ->
localhost ->
none ->
n/a ->
- ->
http:// ->
a..org ->
-tree.org ->
tree.nosuchending ->
co.uk ->
"""


@pytest.mark.parametrize("line", WEBSITES.strip().splitlines())
def test_a_website_gives_its_own_domain(line: str) -> None:
    typed, domain = line.split(" ->")
    assert own_domain(typed) == domain.strip()


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("ana@tree.org", "tree.org"),
        ("Ana <ana@post.TREE.org>", "tree.org"),
        ("ana@example.org", "example.org"),
        ("ana@tree.example.org", "tree.example.org"),
        ("ana@bücher.de", "xn--bcher-kva.de"),
        ("ana@gov.uk", "gov.uk"),
        ("ana@googlemail.com", "googlemail.com"),
        ("tree.org", ""),
        ("@", ""),
        ("", ""),
    ],
)
def test_an_address_gives_its_domain(address: str, domain: str) -> None:
    assert mail_domain(address) == domain


def test_personal_mail() -> None:
    assert is_free_mail("gmail.com")
    assert is_free_mail(mail_domain("ana@gmx.de"))
    assert not is_free_mail("")
    assert not is_free_mail("tree.org")


def test_whole_columns_at_once_keep_their_index() -> None:
    typed = pd.Series(["tree.org", "", "tree.org", "a@gmail.com"], index=[4, 3, 2, 1])
    assert own_domains(typed).to_dict() == {4: "tree.org", 3: "", 2: "tree.org", 1: ""}
    assert mail_domains(typed).to_dict() == {4: "", 3: "", 2: "", 1: "gmail.com"}
    assert are_free_mail(mail_domains(typed)).to_dict() == {4: False, 3: False, 2: False, 1: True}
    assert own_domains(pd.Series([], dtype=object)).empty


@given(st.text(max_size=80))
def test_any_text_gives_a_domain_or_nothing(text: str) -> None:
    for domain in (own_domain(text), mail_domain(text)):
        assert domain == "" or ("." in domain and domain.isascii() and domain == domain.lower())


@pytest.mark.parametrize(
    "piece", ["a", ".", "a.", "@", "ü", "ü.", "//", "http://", "xn--", " a.org"]
)
def test_fifty_thousand_characters_are_no_trouble(piece: str) -> None:
    text = (piece * 50_000)[:50_000]
    assert own_domain(text) in ("", "a.org")
    assert mail_domain(text) == ""


def test_every_website_of_a_real_letter_tells_whose_it_is(shared_data: Path) -> None:
    file = shared_data / "signon-keepandroidopen" / "signatures.csv"
    with file.open(encoding="utf-8") as lines:
        websites = [row["url"] for row in csv.DictReader(lines)]
    assert len({own_domain(website) for website in websites} - {""}) == len(websites) == 69


_NAMES = st.sampled_from([
    "tree", "www", "co", "com", "org", "uk", "github", "io", "wordpress", "example", "ck", "jp",
    "kobe", "city", "blogspot", "medium", "facebook", "gmail", "xn--bcher-kva", "xn--p1ai", "a-b",
    "-a", "a-", "", "Ana", "s3", "de-de", "any-name", "x" * 63, "x" * 64,
])  # fmt: skip
_HOSTS = st.lists(_NAMES, min_size=1, max_size=4).map(".".join)
_WHOLE = st.sampled_from([
    "{}", "https://{}", "HTTP://www.{}", "www.{}", "https://{}/a?b#c", "{}/@ana", "{}?x=a@b.org",
    "{}:80", "{}.", "info@{}", "a b@{}", "https://{}/a, facebook.com", "//{}", "{}#", "x_1+y@{}",
])  # fmt: skip


@given(_HOSTS, _WHOLE)
def test_the_short_way_says_what_the_long_way_says(host: str, whole: str) -> None:
    typed = whole.format(host)
    # a blank before it has no meaning, but such a text is looked at closely
    assert own_domain(typed) == own_domain(f" {typed}")
    assert mail_domain(typed) == mail_domain(f" {typed}")
