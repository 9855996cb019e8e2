import datetime
import tomllib

import pytest

from desktop.resources import resource
from desktop.services.limits import limit, limits, measure


def test_every_number_is_dated_and_sure_or_not():
    with resource("limits.toml").open("rb") as file:
        tables = tomllib.load(file)
    for table, entries in tables.items():
        for name, entry in entries.items():
            where = f"{table}.{name}"
            assert entry.keys() - {"warn"} == {"limit", "from", "checked", "note"}, where
            assert type(entry["checked"]) is datetime.date, where
            assert entry["from"] in ("published", "believed", "ours"), where
            assert type(entry["limit"]) is int, where
            assert 0 < entry.get("warn", 1) < entry["limit"] or entry["limit"] == 1, where


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("profile.about", 139),
        ("profile.description", 512),
        ("catalog.items", 500),
        ("catalog.pictures", 10),
        ("label.labels", 20),
        ("reply.replies", 50),
        ("reply.shortcut", 25),
        ("automatic.greeting_days", 14),
        ("feed.title", 200),
        ("qr.version", 10),
    ],
)
def test_limit(key, number):
    assert limit(key) == number


def test_unknown_limit():
    with pytest.raises(KeyError):
        limit("profile.shoe_size")


def test_the_file_is_read_once():
    assert limits() is limits()


@pytest.mark.parametrize(
    ("length", "state"),
    [(0, "ok"), (125, "ok"), (126, "near"), (139, "near"), (140, "over"), (10_000, "over")],  # 90 % of 139 is 125.1
)
def test_states(length, state):
    gauge = measure("profile.about", "س" * length)
    assert (gauge.length, gauge.limit, gauge.state) == (length, 139, state)


@pytest.mark.parametrize(("length", "state"), [(256, "ok"), (257, "near"), (512, "near"), (513, "over")])
def test_two_levels(length, state):
    assert measure("profile.description", "x" * length).state == state


@pytest.mark.parametrize(
    ("text", "length"), [("قَهْوَة", 7), ("😀", 1), ("👨‍👩‍👧", 5), ("a\r\nb", 3), ("a\nb", 3), ("", 0)]
)
def test_counts_code_points(text, length):
    assert measure("profile.about", text).length == length


def test_things_are_counted_too():
    assert measure("reply.replies", 44).state == "ok"
    assert measure("reply.replies", 45).state == "near"
    assert measure("reply.replies", 51).state == "over"


def test_sentences():
    assert measure("profile.about", "x" * 139).sentence == ""
    assert measure("profile.about", "x" * 140).sentence == (
        "1 character longer than WhatsApp's limit. Kept here, but it will not fit on the phone"
    )
    assert measure("profile.about", "x" * 153).sentence == (
        "14 characters longer than WhatsApp's limit. Kept here, but it will not fit on the phone"
    )
    assert measure("profile.description", "x" * 300).sentence == (
        "Longer than 256 characters: the end may not be shown everywhere"
    )
    assert measure("reply.replies", 51).sentence == "The phone has room for 50 only. The rest are kept here"
    assert measure("reply.replies", 50).sentence == ""
