"""What fields say of WhatsApp's limits."""

import pytest

from desktop.ui.gauges import characters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("", "ok")),
        ("a" * 72, ("72 of 139 characters", "ok")),
        ("ن" * 139, ("139 of 139 characters", "near")),
        ("🎁" * 140, ("140 of 139 characters", "over")),
    ],
)
def test_characters(text, expected):
    assert characters("profile.about")(text) == expected


def test_an_unknown_limit_is_a_slip():
    with pytest.raises(KeyError):
        characters("profile.zodiac")("x")
