"""Business hours from the command line."""

import json

import pytest


def read(dukkan, shop, *words):
    result = dukkan("hours", shop, *words)
    assert (result.code, result.err) == (0, "")
    return result.out


@pytest.fixture
def kept(dukkan, gifts, once):
    """A shop in Dubai, open from 10 to 10, on Thursdays until 1, and not on Fridays."""

    def fill():
        for days, hours in {"daily": "10:00-22:00", "thu": "10:00-13:00,16:00-01:00", "fri": "closed"}.items():
            assert read(dukkan, gifts, "set", days, hours) == ""

    return once(gifts, fill)


def test_the_week_in_words(dukkan, kept):
    assert read(dukkan, kept).splitlines() == [
        "Saturday to Wednesday 10:00 am – 10:00 pm",
        "Thursday 10:00 am – 1:00 pm and 4:00 pm – 1:00 am (next day)",
        "Friday closed",
    ]
    assert "ص" in read(dukkan, kept, "--lang", "ar")


@pytest.mark.parametrize(
    ("days", "hours", "line"),
    [
        ("mon", "24h", "Monday 24 hours"),
        ("sat-mon", "appointment", "Saturday to Monday by appointment only"),
        ("mon,wed", "closed", "Monday, Wednesday and Friday closed"),
        ("Friday", "٤:٠٠ م - ١٠ م", "Friday 4:00 pm – 10:00 pm"),
        ("الجمعة", "16-22", "Friday 4:00 pm – 10:00 pm"),
        ("fri", "14:00-18:00, 20:00-23:00", "Friday 2:00 pm – 6:00 pm and 8:00 pm – 11:00 pm"),
    ],
)
def test_days_are_set(dukkan, kept, days, hours, line):
    language = () if days.isascii() else ("--lang", "ar")
    read(dukkan, kept, "set", days, hours, *language)
    assert line in [line.replace(", and", " and") for line in read(dukkan, kept).splitlines()]


def test_hours_of_several_words(dukkan, kept):
    read(dukkan, kept, "set", "fri", "4", "pm", "-", "10", "pm")
    assert "Friday 4:00 pm – 10:00 pm" in read(dukkan, kept)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-25T12:00", (True, "2026-11-25T22:00:00+04:00", "hours")),
        ("2026-11-25T08:00:00Z", (True, "2026-11-25T22:00:00+04:00", "hours")),
        ("2026-11-27T00:30", (True, "2026-11-27T01:00:00+04:00", "hours")),
        ("2026-11-27T01:00", (False, "2026-11-28T10:00:00+04:00", "closed_day")),
        ("2026-11-26T14:00", (False, "2026-11-26T16:00:00+04:00", "outside_hours")),
    ],
)
def test_open_at_a_moment(dukkan, kept, moment, expected):
    found = json.loads(read(dukkan, kept, "--at", moment, "--json"))
    assert (found["open"], found["until"], found["reason"]) == expected
    assert found["special_hours"] is None


def test_open_now(dukkan, kept):
    assert isinstance(json.loads(read(dukkan, kept, "--json"))["open"], bool)
    assert read(dukkan, kept, "--at", "2026-11-25T12:00") == "Open now · closes 10:00 pm\n"


def test_a_shop_that_never_closes(dukkan, gifts):
    read(dukkan, gifts, "set", "daily", "24h")
    found = json.loads(read(dukkan, gifts, "--at", "2026-11-25", "--json"))
    assert (found["open"], found["until"], found["reason"]) == (True, None, "all_day")


def test_a_shop_without_hours(dukkan, gifts):
    result = dukkan("hours", gifts)
    assert (result.code, result.out) == (0, "")
    assert "set daily" in result.err
    assert json.loads(read(dukkan, gifts, "--json")) == {
        "open": False,
        "until": None,
        "reason": "closed_day",
        "special_hours": None,
    }


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["set", "mon", "10:00-14:00,13:00-15:00"], 65, "overlap"),
        (["set", "mon", "ten"], 65, "not a range"),
        (["set", "mon", "10-25"], 65, "not a time of day"),
        (["set", "someday", "10-22"], 65, "not a day"),
        (["set", "mon"], 2, "what to set"),
        (["set"], 2, "what to set"),
        (["get"], 2, "get"),
        (["--at", "tomorrow"], 2, "2026-12-31T18:00"),
        (["--at", "9999-12-31T23:59"], 65, "too far"),
        (["--at", "0001-01-01T00:00"], 65, "too far"),
    ],
)
def test_what_cannot_be_is_one_sentence(dukkan, kept, words, code, sentence):
    before = read(dukkan, kept)
    result = dukkan("hours", kept, *words)
    assert (result.code, result.out) == (code, "")
    assert sentence in result.err
    assert result.err.count("\n") == 1
    assert read(dukkan, kept) == before


def test_one_change_is_one_undo(dukkan, kept):
    before = read(dukkan, kept)
    read(dukkan, kept, "set", "daily", "24h")
    assert dukkan("undo", kept).code == 0
    assert read(dukkan, kept) == before
