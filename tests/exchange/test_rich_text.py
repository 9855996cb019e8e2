"""HTML of other shops becomes the text that people see."""

import time

import pytest

from desktop.exchange.rich_text import clean_text, is_html


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One <b>two</b>,<br>three&nbsp;four</p><p>Five</p>", "One two,\nthree four\n\nFive"),
        ("<ul><li>A</li><li> B </li></ul>after", "• A\n• B\n\nafter"),
        ("<ul><li><p>A</p></li><li>B<ul><li>C</li></ul></li></ul>", "• A\n• B\n• C"),
        ("<ol><li>A<li>B</ol>", "1. A\n2. B"),
        ("<table><tr><th>Size<th>cm</tr><tr><td>S</td><td></td><td>10</td></tr></table>", "Size | cm\nS | 10"),
        ("a<script>alert(1)</script><style>b{}</style><!-- c -->d<title>e</title>f", "adf"),
        ("<div><div><div>x</div></div>y</div>", "x\n\ny"),
        ("&lt;b&gt; &amp; &#65; &eacute;", "<b> & A é"),
        ("  <p>\n </p><p></p><br>", ""),
        ("<h2>عنوان</h2>وصف <i>مائل</i>", "عنوان\n\nوصف مائل"),
        ("<svg><text>x</text></svg><img src=x onerror=alert(1)>y", "y"),
        ("<p>unclosed <b>and <i>crossed</b></i>", "unclosed and crossed"),
    ],
)
def test_what_a_browser_would_show(markup, text):
    assert clean_text(markup) == text


@pytest.mark.parametrize("text", ["5 < 6 & 7 > 4", "R&D", "a <3 b", "line\n\n  two", "", "<>", "x <y", "فقط"])
def test_text_without_a_tag_stays_as_it_is(text):
    assert not is_html(text)
    assert clean_text(text) == text


def test_elements_in_each_other_lose_no_text():
    for depth in (300, 1000, 100_000):
        assert clean_text("<div>" * depth + "kept</div> tail") in ("kept\n\ntail", "kept tail")


@pytest.mark.parametrize(
    "piece", ["<div>", "<b>", "<p>", "<ul><li>", "<table><tr><td>", "<a href=", "<!--", "<", "<a ", "&amp;"]
)
def test_time_grows_as_the_text_does(piece):
    begun = time.process_time()
    clean_text(piece * 20_000 + "<b>x</b>")
    assert time.process_time() - begun < 3
