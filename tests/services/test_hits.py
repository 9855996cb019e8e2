"""Marking what was searched for in what was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.data.models import Synonym
from desktop.data.search import fold
from desktop.services.hits import Needles, hits, needles


def marked(text, *typed, other=()):
    """Return `text` with its hits in brackets."""
    wanted = Needles(tuple(map(fold, typed)), tuple(map(fold, other)))
    out, last = [], 0
    for start, end in hits(wanted, text):
        out += [text[last:start], "[", text[start:end], "]"]
        last = end
    return "".join([*out, text[last:]])


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Leather bag", ["bag"], "Leather [bag]"),
        ("Bag, bags", ["bag"], "[Bag], [bag]s"),
        ("كَعْكَةُ العيد", ["كعكه"], "[كَعْكَةُ] العيد"),
        ("مـــرحبا بكم", ["مرحبا"], "[مـــرحبا] بكم"),
        ("أحمد إلى آخر", ["احمد", "اخر"], "[أحمد] إلى [آخر]"),
        ("رقم ١٢٣", ["12"], "رقم [١٢]٣"),
        ("ﻻ شيء", ["لا"], "[ﻻ] شيء"),
        ("Große Straße", ["strass"], "Große [Straß]e"),
        ("Crème Brûlée", ["brulee"], "Crème [Brûlée]"),
        ("Cre\u0300me", ["crem"], "[Cre\u0300m]e"),
        ("ﬁne ½", ["fi"], "[ﬁ]ne ½"),
        ("a   b", ["a b"], "[a   b]"),
        ("banana", ["ana", "nan"], "b[anana]"),
        ("sweet\u200f كعك", ["كعك"], "sweet\u200f [كعك]"),
        ("nothing", ["some"], "nothing"),
        ("", ["some"], ""),
        ("text", [], "text"),
    ],
)
def test_what_is_marked(text, typed, expected):
    assert marked(text, *typed) == expected


def test_the_other_layout_is_marked_only_where_nothing_else_is():
    assert marked("rose شيء", "شي", other=["rose"]) == "rose [شي]ء"
    assert marked("a rose", "قخسث", other=["rose"]) == "a [rose]"


@given(st.text(), st.text(min_size=1, max_size=4))
def test_spans_are_in_the_text_and_in_order(text, typed):
    last = 0
    for start, end in hits(Needles((fold(typed),) if fold(typed) else ()), text):
        assert last <= start < end <= len(text)
        last = end


def test_what_means_the_same_is_marked(database):
    database.run("Add", lambda session: session.add(Synonym(words="Rolex\nرولكس")))
    with database.reader() as session:
        wanted = needles(session, "رولكس 5")
    assert wanted.typed == ("رولكس", "rolex", "5")
    assert hits(wanted, "ROLEX 5") == ((0, 5), (6, 7))
