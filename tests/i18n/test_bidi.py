"""Isolates: put around, taken away, and never broken out of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n import bidi

hostile = st.text(st.sampled_from([*bidi.CONTROLS, "a", "ب", "1", "+", " "]), max_size=12)


def test_set_apart():
    assert bidi.isolate("نورة") == "\u2068نورة\u2069"
    assert bidi.ltr("+971 50 123 4567") == "\u2066+971 50 123 4567\u2069"
    assert bidi.isolate("") == bidi.ltr("") == ""


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("\u200f1,234.50 د.إ.\u200f", "1,234.50 د.إ."),
        ("\u202a+971\u202c 50\u061c", "+971 50"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # a joiner is spelling, not direction
    ],
)
def test_taken_away(text, bare):
    assert bidi.strip(text) == bare


@pytest.mark.parametrize("text", ["a\u200eb", "\u061c", "\u2067a\u2069"])
def test_controls_are_seen(text):
    assert bidi.has_controls(text)
    assert not bidi.has_controls(bidi.strip(text))


@pytest.mark.parametrize("text", ["a\u2069b", "\u2068a", "\u202eabc", "\u2069\u2068", "\u202aa\u202c\u2067"])
@pytest.mark.fault("S08")
def test_nothing_leaks_out_of_a_text(text):
    assert bidi.isolate(text) == f"\u2068{bidi.strip(text)}\u2069"


def test_isolates_within_isolates_stay():
    inside = bidi.ltr("+971")
    assert bidi.isolate(f"{inside} نورة") == f"\u2068{inside} نورة\u2069"


@given(hostile)
def test_an_isolate_is_always_closed_once(text):
    for wrapped in (bidi.isolate(text), bidi.ltr(text)):
        assert bidi.strip(wrapped) == bidi.strip(text)
        depth = [0]
        for character in wrapped:
            depth.append(depth[-1] + (character in "\u2066\u2067\u2068") - (character == "\u2069"))
        assert depth[-1] == 0
        assert all(level > 0 for level in depth[1:-1])


def test_a_text_runs_by_itself_where_a_letter_stands_outside_of_isolates():
    assert bidi.runs_by_itself("2 × كعكة")
    assert bidi.runs_by_itself("a" + bidi.isolate("كعكة"))
    assert not bidi.runs_by_itself(f"2 × {bidi.isolate('كعكة')} · {bidi.ltr('#7')}")
    assert not bidi.runs_by_itself("12.50 \u2069")
