"""Addresses on the web and of mail."""

import pytest

from desktop.services.errors import Invalid
from desktop.services.web import email_address, web_address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("", ""),
        ("  ", ""),
        ("example.com", "https://example.com"),
        (" HTTP://Example.com/A ", "HTTP://Example.com/A"),
        ("https://example.com/a?b=c&d=%20#e", "https://example.com/a?b=c&d=%20#e"),
        ("\u2066https://example.com\u2069\u200f", "https://example.com"),
        ("example.com:8080/a", "https://example.com:8080/a"),
        ("https://متجر.example.com/هدايا", "https://متجر.example.com/هدايا"),
    ],
)
def test_a_web_address(typed, address):
    assert web_address("website", typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "ftp://example.com",
        "file:///etc/passwd",
        "data:text/html,x",
        "mailto:me@example.com",
        "https://",
        "nothing",
        "https://example.com/a b",
        'https://example.com/"x',
        "https://<b>.com",
        "https://[::1",
        "https://example.com\n.evil.com",
        "instagram: @gifts",
    ],
)
@pytest.mark.fault("S07")
def test_what_is_none(typed):
    with pytest.raises(Invalid, match=r"https://example\.com") as caught:
        web_address("website", typed)
    assert caught.value.field == "website"


@pytest.mark.parametrize("typed", ["me@example.com", "  \u200eme@example.com\u200f", "a.b+c@mail.example.co", ""])
def test_mail(typed):
    assert email_address("email", typed) == typed.strip(" \u200e\u200f")


@pytest.mark.parametrize(
    "typed", ["me", "me@", "@example.com", "me@example", "a b@example.com", "a@b@c.com", "a@b.com."]
)
def test_no_mail(typed):
    with pytest.raises(Invalid) as caught:
        email_address("email", typed)
    assert caught.value.field == "email"
