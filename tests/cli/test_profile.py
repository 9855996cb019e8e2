"""The business profile from the command line."""

import json

import pytest

from desktop.cli.profile import FIELDS
from desktop.data.models import Profile


def test_a_value_is_printed_alone(dukkan, gifts):
    result = dukkan("profile", gifts, "get", "name")
    assert (result.code, result.out, result.err) == (0, "هدايا\n", "")
    assert dukkan("profile", gifts, "get", "phone").out == "+971501234567\n"
    assert dukkan("profile", gifts, "get", "about").out == "\n"


def test_json_is_one_field_or_all(dukkan, gifts):
    assert json.loads(dukkan("profile", gifts, "get", "currency", "--json").out) == {"currency": "AED"}
    everything = json.loads(dukkan("profile", gifts, "get", "--json").out)
    assert list(everything) == list(FIELDS)
    assert everything["territory"] == "AE"


def test_every_text_of_the_profile_is_a_field():
    columns = {column.name for column in Profile.__table__.columns}
    assert columns - set(FIELDS) == {"id", "version", "logo", "cover"}


def test_a_value_is_stored_as_the_window_would_and_is_undone(dukkan, gifts):
    assert dukkan("profile", gifts, "set", "about", "  ورد وهدايا   كل يوم ").code == 0
    assert dukkan("profile", gifts, "get", "about").out == "ورد وهدايا كل يوم\n"
    assert dukkan("profile", gifts, "set", "phone", "٠٥٠ ٧٦٥ ٤٣٢١").code == 0
    assert dukkan("profile", gifts, "get", "phone").out == "+971507654321\n"
    assert dukkan("undo", gifts).code == 0
    assert dukkan("profile", gifts, "get", "phone").out == "+971501234567\n"
    assert dukkan("profile", gifts, "set", "about", "").code == 0
    assert dukkan("profile", gifts, "get", "about").out == "\n"


def test_a_place_brings_its_coordinates(dukkan, gifts):
    assert dukkan("profile", gifts, "set", "map_link", "٢٥٫٢٠٤٨، ٥٥٫٢٧٠٨").code == 0
    assert dukkan("profile", gifts, "get", "latitude").out == "25.2048\n"
    assert dukkan("profile", gifts, "get", "map_link").out == "https://maps.google.com/?q=25.2048,55.2708\n"


def test_several_numbers_and_addresses(dukkan, gifts):
    assert dukkan("profile", gifts, "set", "more_phones", "050 765 4321\n\n+966501234567\n").code == 0
    assert dukkan("profile", gifts, "get", "more_phones").out == "971507654321\n966501234567\n"
    assert dukkan("profile", gifts, "set", "more_emails", "a@example.com\nb").code == 65


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["get", "colour"], 2, "colour"),
        (["set", "colour", "red"], 2, "colour"),
        (["get"], 2, "--json"),
        (["set", "name"], 2, "set FIELD VALUE"),
        (["get", "name", "x"], 2, "set in the place of get"),
        (["set", "name", " "], 65, "needs a name"),
        (["set", "phone", "12"], 65, "digits"),
        (["set", "website", "not a site"], 65, "https://example.com"),
        (["set", "category", "SHOES"], 65, "categories"),
        (["set", "map_link", "125, 255"], 65, "latitude"),
        (["set", "latitude", "north"], 65, "Degrees"),
        (["set", "territory", "Emirates"], 65, "two letters"),
        (["set", "currency", "dirham"], 65, "three letters"),
        (["set", "time_zone", "../etc"], 65, "Asia/Dubai"),
        (["set", "language", "tlh"], 65, "two letters"),
    ],
)
def test_what_is_wrong_is_one_sentence(dukkan, gifts, words, code, sentence):
    before = dukkan("profile", gifts, "get", "--json").out
    result = dukkan("profile", gifts, *words)
    assert (result.code, result.out) == (code, "")
    assert sentence in result.err
    assert dukkan("profile", gifts, "get", "--json").out == before


def test_reading_needs_no_lock_and_writing_does(dukkan, held):
    assert dukkan("profile", held, "get", "name").code == 0
    assert dukkan("profile", held, "set", "name", "x").code == 75


def test_a_short_link_to_the_map_is_kept_and_told(dukkan, gifts):
    result = dukkan("profile", gifts, "set", "map_link", "https://maps.app.goo.gl/abcdef")
    assert (result.code, result.out) == (0, "")
    assert "coordinates" in result.err
    assert dukkan("profile", gifts, "get", "map_link").out == "https://maps.app.goo.gl/abcdef\n"


def test_what_is_too_long_for_the_phone_is_kept_and_told(dukkan, gifts):
    result = dukkan("profile", gifts, "set", "about", "a" * 140)
    assert (result.code, result.out) == (0, "")
    assert "1 character longer than WhatsApp's limit" in result.err
    assert dukkan("profile", gifts, "get", "about").out == f"{'a' * 140}\n"
