"""Bubbles of a chat: where they stand, how wide they are, and that all of a text is in them."""

import time

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage

from desktop.services.marks import parse
from desktop.ui import theme
from desktop.ui.widgets.bubbles import Bubble, BubbleView

WIDTH = 280
LONG = "Thank you Noura! Your order is confirmed for Saturday and we will bring it in the morning, fijgyqp. "


@pytest.fixture
def view(qtbot, qapp):
    """A function that shows one bubble in a chat WIDTH wide."""
    theme.apply(qapp, "light")

    def show(text, stamp="10:02", mine=True, rtl=False):
        view = BubbleView(Bubble(parse(text), stamp), mine)
        qtbot.addWidget(view)
        view.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        view.resize(WIDTH, view.heightForWidth(WIDTH))
        return view

    return show


def grab(view) -> QImage:
    return view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def strange(image, area, *known):
    """How many pixels of an area are none of the known colours, nor between two of them."""
    rgb = {colour.rgb() for colour in known}
    return sum(
        image.pixel(x, y) not in rgb
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    )


def test_mine_stands_at_the_trailing_side_and_mirrored_in_arabic(view):
    assert view("Yes").bubble_rect().right() == WIDTH
    assert view("Yes", mine=False).bubble_rect().left() == 0
    assert view("نعم", rtl=True).bubble_rect().left() == 0
    assert view("نعم", mine=False, rtl=True).bubble_rect().right() == WIDTH


def test_mine_is_green_and_the_others_white(view):
    for mine, colour in ((True, "bubble"), (False, "surface")):
        shown = view("Yes", mine=mine)
        at = shown.bubble_rect().toRect().center()
        assert grab(shown).pixelColor(at.x(), 3) == theme.colour(colour)


def test_a_bubble_is_as_narrow_as_its_text_and_wraps_late(view):
    assert view("Yes").bubble_rect().width() < WIDTH * 0.45
    assert WIDTH * 0.72 < view(LONG * 3).bubble_rect().width() < WIDTH * 0.88


@pytest.mark.parametrize(
    "text",
    [
        LONG * 2,
        "_fff_ *jjj* _fjfjf_",
        "https://example.com/" + "a" * 300,
        "عرض الأسبوع ممتاز جدًا، شكرًا لكم على الثقة " * 4,
        "- " + "a long item of a list " * 5 + "\n> " + "a long quote " * 9 + "\n١. شيء",
        "```" + "W" * 100 + "```",
    ],
)
@pytest.mark.parametrize("rtl", [False, True])
def test_no_letter_is_cut_at_the_edge(view, text, rtl):
    shown = view(text, rtl=rtl)
    image, bubble = grab(shown), shown.bubble_rect().toRect()
    green = theme.colour("bubble")
    inner = 12  # below the rounding
    left = QRect(bubble.left() + 1, inner, 4, bubble.height() - 2 * inner)
    right = QRect(bubble.right() - 4, inner, 4, bubble.height() - 2 * inner)
    foot = QRect(bubble.left() + inner, bubble.bottom() - 2, bubble.width() - 2 * inner, 2)
    for edge in (left, right, foot):
        assert strange(image, edge, green) == 0
    assert strange(image, bubble.adjusted(12, 8, -12, -8), green) > 100


def test_the_time_shares_the_last_line_if_there_is_room(view):
    line = view("Yes", stamp="").height()
    assert view("Yes").height() == line
    assert view("Yes").bubble_rect().width() > view("Yes", stamp="").bubble_rect().width() + 25
    assert view("نعم", rtl=True).height() == view("نعم", stamp="", rtl=True).height()
    full = next("m" * n for n in range(40, 0, -1) if view("m" * n, stamp="").height() == line)
    assert view(full).height() > line, "there is none: it goes below"
    assert view("نعم", rtl=False).height() > view("نعم", stamp="").height(), "nor where the text begins in its corner"


def test_the_time_is_not_drawn_over_the_text(view):
    text = ""
    for word in LONG.split():
        text += word + " "
        with_time, without = view(text, stamp="10:02"), view(text, stamp="")
        ink = [
            strange(grab(shown), shown.bubble_rect().toRect().adjusted(9, 5, -9, -3), theme.colour("bubble"))
            for shown in (with_time, without)
        ]
        assert ink[0] > ink[1] + 40, text


def test_marks_are_seen(view):
    plain = view("offer of the week", stamp="")
    bold = view("*offer of the week*", stamp="")
    assert bold.bubble_rect().width() > plain.bubble_rect().width()
    assert view("`iiiiiiii`", stamp="").bubble_rect().width() == view("```MMMMMMMM```", stamp="").bubble_rect().width()
    for marked in ("_offer of the week_", "~offer of the week~"):
        assert grab(view(marked, stamp="")) != grab(plain)
    quote = view("> offer", mine=False, stamp="")
    bar = theme.pixels(10) + 1
    assert grab(quote).pixelColor(bar, quote.height() // 2) == theme.colour("accent")
    other = view("> عرض", mine=False, stamp="", rtl=True)
    assert grab(other).pixelColor(WIDTH - bar - 1, other.height() // 2) == theme.colour("accent")


def test_each_paragraph_runs_its_own_way(view):
    shown = view(LONG + "\nعرض", stamp="", mine=False)
    image, bubble = grab(shown), shown.bubble_rect().toRect()
    last = QRect(bubble.left() + 10, bubble.bottom() - 25, bubble.width() // 3, 20)
    white = theme.colour("surface")
    assert strange(image, last, white) == 0
    assert strange(image, last.translated(bubble.width() - 20 - last.width(), 0), white) > 10


def test_markup_is_text(view):
    text = "<b>x</b> <img src='file:///etc/hostname'> &amp;"
    assert view(text, stamp="").accessibleName() == text
    assert view("<b>x</b>", stamp="").bubble_rect().width() > 2 * view("x", stamp="").bubble_rect().width()


def test_it_is_heard_as_it_is_read(view):
    assert view("*Offer*\n- _tea_\n2. cake").accessibleName() == "Offer\n• tea\n2. cake\n10:02"
    assert view("", stamp="").accessibleName() == ""


def test_a_very_long_message_takes_a_moment(view):
    text = "كلمة *word* " * 5_000
    start = time.perf_counter()
    grab(view(text))
    assert time.perf_counter() - start < 5  # about a fifth of a second
