"""The button for a website, read as a browser reads it."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.website_button import snippet
from desktop.services.errors import Invalid
from desktop.services.links import chat_link

HOSTILE = [
    '"><script>alert(1)</script>',
    "' onmouseover='x",
    "<img src=https://evil.example/x>",
    "&lt;b&gt; & co",
    "</a>",
]
KNOWN = {
    "a": {"href", "target", "rel", "lang", "dir", "style"},
    "svg": {"width", "height", "viewbox", "fill", "aria-hidden"},
    "path": {"d"},
    "span": set(),
}


class Reader(HTMLParser):
    """Collects what a browser would make of a snippet."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.open, self.words = [], [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


def checked(html):
    """Return the link and the words of a snippet in which there is nothing else."""
    read = Reader(html)
    assert read.open == []
    assert [tag for tag, _ in read.tags] == ["a", "svg", "path", "span"]
    for tag, attributes in read.tags:
        assert set(attributes) == KNOWN[tag]
    link = read.tags[0][1]
    assert link["rel"] == "noopener"
    assert "url(" not in link["style"]
    return link, read.words.removesuffix("\n")


def test_it_opens_the_chat_in_the_languages_direction():
    link, words = checked(snippet(chat_link("971501234567", "Hi & bye"), language="en"))
    assert (link["href"], link["dir"]) == ("https://wa.me/971501234567?text=Hi%20%26%20bye", "ltr")
    assert words == "Chat with us on WhatsApp"
    link, words = checked(snippet("https://api.whatsapp.com/send?phone=1&text=x", "اطلبوا  هنا", "ar"))
    assert (link["href"], link["dir"], link["lang"]) == ("https://api.whatsapp.com/send?phone=1&text=x", "rtl", "ar")
    assert words == "اطلبوا هنا"


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_is_typed_becomes_markup(words):
    link, read = checked(snippet("https://wa.me/1?x=" + words, words))
    assert read == words
    assert link["href"] == "https://wa.me/1?x=" + words


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_words_are_shown_as_they_are(words):
    assert checked(snippet("https://wa.me/1", words))[1] in (" ".join(words.split()), "Chat with us on WhatsApp")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://wa.me/1", "", "//evil.example"])
def test_only_https_is_linked(url):
    with pytest.raises(Invalid, match="https://"):
        snippet(url)
