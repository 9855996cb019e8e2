"""The marks of WhatsApp's messages, and where they do not work."""

import time

import pytest

from desktop.services.marks import joined, parse, plain


def shown(text):
    """What a message looks like, written as <b>, <i>, <s>, <mono> and <code> around each piece; lists by a sign."""
    names = {"bold": "b", "italic": "i", "strike": "s", "mono": "mono", "code": "code"}
    signs = {"bullet": "(*)", "quote": "(>)", "text": ""}
    lines = []
    for block in parse(text):
        pieces = []
        for span in block.spans:
            tags = sorted(names[mark] for mark in span.marks)
            pieces.append("".join(f"<{tag}>" for tag in tags) + span.text)
        lines.append(signs.get(block.kind, f"({block.number})") + "|".join(pieces))
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ""),
        ("plain", "plain"),
        ("*bold*", "<b>bold"),
        ("_italic_", "<i>italic"),
        ("~strike~", "<s>strike"),
        ("```mono```", "<mono>mono"),
        ("`code`", "<code>code"),
        ("only *two words* here", "only |<b>two words| here"),
        ("*bold*, (_italic_)!", "<b>bold|, (|<i>italic|)!"),
        ("*a* *b*", "<b>a| |<b>b"),
        ("*عرض* اليوم", "<b>عرض| اليوم"),
        ("«*عرض*»، _جديد_؟", "«|<b>عرض|»، |<i>جديد|؟"),
        ("السعر ~١٢٠~ *٩٥*", "السعر |<s>١٢٠| |<b>٩٥"),
    ],
)
def test_marks(typed, expected):
    assert shown(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("*_both_*", "<b><i>both"),
        ("*bold _and_ more*", "<b>bold |<b><i>and|<b> more"),
        ("_*~all~*_", "<b><i><s>all"),
        ("*bold ```mono *x*``` bold*", "<b>bold |<b><mono>mono *x*|<b> bold"),
        ("*a `b` c*", "<b>a |<b><code>b|<b> c"),
    ],
)
def test_marks_inside_marks(typed, expected):
    assert shown(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "*unclosed",
        "closed only*",
        "a * spaced * b",
        "2*3*4",
        "snake_case_name",
        "https://example.com/a_b_c~d~e",
        "و*عرض*",
        "وَ*عرض*",  # a vowel mark belongs to its letter
        "*عرض*نا",
        "**",
        "____",
        "Name: ____ Phone: ____",
        "```unclosed",
        "``````",
        "``` ```",
        "` `",
        "`unclosed",
        "*over\nlines*",
        "`over\nlines`",
        "1.no space",
        "1234. a year",
        "-no space",
        "- ",
        ">",
    ],
)
def test_what_is_not_marked_right_stays_as_typed(typed):
    assert shown(typed) == typed
    assert plain(typed) == typed


def test_a_mark_opened_inside_and_not_closed_there_stays():
    assert shown("*a _b* c_") == "<b>a _b| c_"
    assert shown("*one* two*") == "<b>one| two*"


def test_marks_in_code_are_not_marks():
    assert shown("`*x*` ```_y_```") == "<code>*x*| |<mono>_y_"


def test_mono_goes_over_lines_and_lists_inside_it_are_text():
    assert shown("see ```1\n- 2\n3``` end") == "see |<mono>1\n<mono>- 2\n<mono>3| end"


def test_lists_and_quotes():
    assert shown("* one\n- *two*\n1. three\n12. four\n> said _he_") == (
        "(*)one\n(*)<b>two\n(1)three\n(12)four\n(>)said |<i>he"
    )
    assert shown("- شاي\n> شكرًا") == "(*)شاي\n(>)شكرًا"


def test_lines_end_as_they_may():
    assert shown("a\r\n\r\nb\rc") == "a\n\nb\nc"
    assert len(parse("a\n\nb")) == 3


def test_plain():
    assert plain("*عرض* خاص\n- _شاي_\n2. `قهوة`\n> ~لا~") == "عرض خاص\n• شاي\n2. قهوة\nلا"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("و*عرض*", ["و*عرض*"]),
        ("اليوم وال*عرض الكبير*، ثم لـ_كم_", ["وال*عرض الكبير*", "لـ_كم_"]),
        ("وَ~قديم~", ["وَ~قديم~"]),
        ("*عرض* و *آخر*", []),
        ("snake_case_name 2*3*4 a_b_c", []),
        ("`و*عرض*` و* عرض*", []),
        ("", []),
    ],
)
def test_letters_joined_in_front_of_a_mark_are_hinted_at(typed, expected):
    assert joined(typed) == expected


@pytest.mark.parametrize(
    "piece", ["*", "*a", "a*", "* ", "_*~", "`", "`a", "``` ", "```", "*a_b~c ", "و*ع", "\n- *x*", "ab "]
)
def test_a_long_message_takes_a_moment(piece):
    text = piece * (30_000 // len(piece))
    start = time.perf_counter()
    parse(text)
    joined(text)
    assert time.perf_counter() - start < 2  # about 0.1 s; what grows with the square of the length takes ten
