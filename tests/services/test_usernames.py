"""Usernames on WhatsApp, by the rules published for them."""

import pytest

from desktop.services.errors import Invalid
from desktop.services.usernames import parse_username


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("@", ""),
        ("abc", "abc"),
        ("@Bayt_Gifts", "bayt_gifts"),
        (" https://wa.me/@bayt.gifts\u200f", "bayt.gifts"),
        ("wa.me/@bayt", "bayt"),
        ("1.a_", "1.a_"),
        ("a" * 35, "a" * 35),
        ("com", "com"),
        ("bayt.come", "bayt.come"),
        ("ww.shop1", "ww.shop1"),
    ],
)
def test_what_may_be_one(typed, kept):
    assert parse_username(typed) == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ab", "3 to 35 characters, and this one has 2"),
        ("a" * 36, "has 36"),
        ("bayt gifts", "letters a to z"),
        ("bayt-gifts", "letters a to z"),
        ("بيت", "letters a to z"),
        ("باytٱ", "letters a to z"),
        ("1234", "one letter"),
        (".bayt", "period"),
        ("bayt.", "period"),
        ("ba..yt", "period"),
        ("wwwbayt", "www"),
        ("bayt.com", r"\.com"),
        ("bayt.ae", r"\.ae"),
        ("bayt.shop", r"\.shop"),
    ],
)
def test_what_may_not_is_explained(typed, words):
    with pytest.raises(Invalid, match=words) as caught:
        parse_username(typed)
    assert caught.value.field == "username"
