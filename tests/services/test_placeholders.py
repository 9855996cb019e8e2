import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n.bidi import strip
from desktop.services.placeholders import KEYS, fill, find, label

NOW = dt.datetime(2026, 11, 25, 16, 0, tzinfo=dt.UTC)  # a Wednesday
VALUES = {"customer": "نورة", "product": "علبة هدايا", "price": "60 د.إ", "left": ""}


def test_every_placeholder_is_understood_in_both_languages():
    for known in KEYS:
        for name in (known.key, known.alias, known.key.upper(), known.alias.replace("_", " ")):
            filled = fill(f"<{{{name}}}>", {known.key: "value"})
            assert (filled.text, filled.missing, filled.unknown) == ("<value>", [], []), name
        assert label(known.key) == known.label


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("", ""),
        ("no braces", "no braces"),
        ("{customer}، {السعر}", "نورة، 60 د.إ"),
        ("{customer}{customer}", "نورةنورة"),
        ("{ customer }", "نورة"),
        ("{Customer|friend}", "نورة"),
        ("{العميل|صديقنا}", "نورة"),
        ("{العـــميل} {العَمِيل} {\u200fالعميل\u200f}", "نورة نورة نورة"),
        ("{shop|متجرنا}", "متجرنا"),
        ("{left|nothing left}", "nothing left"),
        ("a{shop|}b", "ab"),
        ("{shop|a|b}", "a|b"),
        ("{shop|50% off, today!}", "50% off, today!"),
    ],
)
def test_filled(template, text):
    filled = fill(template, VALUES)
    assert (filled.text, filled.missing, filled.unknown) == (text, [], [])


@pytest.mark.parametrize(
    "text",
    [
        "{", "}", "{}", "{ }", "{|}", "{|x}", "}{", "{customer", "customer}", "{customer\n}", "{12}", "{:-)}",
        '{"customer": 1}', "{{customer}}", "{{1}}", "{{}}", "{a.b}", "{customer!}", "{a:b}",
        "%s {0} $customer {{7*7}}",
    ],
)  # fmt: skip
def test_everything_else_is_text(text):
    filled = fill(text, VALUES, NOW)
    assert (filled.text, filled.missing, filled.unknown) == (text, [], [])
    assert find(text) == []


def test_values_are_not_templates():
    values = {"customer": "{price}", "price": "{customer} {{1}} \\1 %s"}
    assert fill("{customer}: {price}", values).text == "{price}: {customer} {{1}} \\1 %s"


@given(st.dictionaries(st.sampled_from([known.key for known in KEYS]), st.text(min_size=1)), st.text(), st.text())
def test_one_pass(values, before, after):
    before, after = before.replace("{", "").replace("}", ""), after.replace("{", "").replace("}", "")
    for key, value in values.items():
        assert fill(f"{before}{{{key}}}{after}", values).text == before + value + after


@given(st.text(st.sampled_from("{}|+-_ customerdateالعميل12wد\n\u200f"), max_size=30))
def test_spans_never_overlap_and_the_rest_is_untouched(template):
    last = 0
    rest = []
    for span in find(template):
        assert last <= span.start < span.end
        assert template[span.start] == "{"
        assert template[span.end - 1] == "}"
        rest.append(template[last : span.start])
        last = span.end
    everything = dict.fromkeys((known.key for known in KEYS), "\0")
    filled = fill(template, everything, NOW)
    assert filled.missing == []
    unknown = [span for span in find(template) if not span.key]
    assert len(filled.unknown) == len(unknown)
    for text in rest:
        assert text in filled.text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{date}", "Wednesday, 25 November"),
        ("{date+3}", "Saturday, 28 November"),
        ("{التاريخ+٣}", "Saturday, 28 November"),
        ("{date + 3}", "Saturday, 28 November"),
        ("{date-1}", "Tuesday, 24 November"),
        ("{date+1w}", "Wednesday, 2 December"),
        ("{التاريخ+3ي}", "Saturday, 28 November"),
        ("{date+8h}", "Thursday, 26 November"),
        ("{date+60|soon}", "Sunday, 24 January 2027"),
        ("{time}", "4:00 pm"),
        ("{time+20m}", "4:20 pm"),
        ("{الوقت+20د}", "4:20 pm"),
        ("{الوقت+2س}", "6:00 pm"),
        ("{time+20}", "4:20 pm"),
        ("{time-1h}", "3:00 pm"),
        ("{time+9999w}", "4:00 pm"),
    ],
)
def test_dates_and_times(template, text):
    filled = fill(template, {}, NOW)
    assert (filled.text, filled.missing, filled.unknown) == (text, [], [])


def test_dates_of_the_shop_are_in_its_zone_and_carry_no_marks():
    filled = fill("{date} {time}", {}, NOW.replace(tzinfo=dt.timezone(dt.timedelta(hours=4))))
    assert filled.text == strip(filled.text) == "Wednesday, 25 November 4:00 pm"


def test_the_year_stands_only_where_it_is_not_now_s():
    filled = fill("{date}, {date+60}", {}, NOW.replace(year=2031))
    assert filled.text == "Tuesday, 25 November, Saturday, 24 January 2032"


def test_without_now_dates_are_missing():
    filled = fill("{date+3} {time}", {})
    assert (filled.text, filled.missing) == ("{date+3} {time}", ["date", "time"])


def test_missing_is_told_once_and_stays_to_be_seen():
    filled = fill("{المتجر} {price} {shop} {left}", VALUES)
    assert filled.text == "{المتجر} 60 د.إ {shop} {left}"
    assert filled.missing == ["shop", "left"]
    assert [strip(sentence) for sentence in filled.sentences] == ["Missing: Shop and Amount left"]


@pytest.mark.parametrize(
    ("template", "suggestion"),
    [
        ("{السعير}", "السعر"),
        ("{اسعر}", "السعر"),
        ("{pric}", "price"),
        ("{costumer}", "customer"),
        ("{maplink}", "map_link"),
        ("{ساعات اليم}", "ساعات_اليوم"),
        ("{price+3}", "price"),
        ("{date+}", "date"),
        ("{date+3x}", "date"),
        ("{date+99999}", "date"),
        ("{العميل-الجديد}", "العميل"),
        ("{zzz}", ""),
        ("{متى نفتح}", ""),
    ],
)
def test_unknown_names_stay_and_the_nearest_is_suggested(template, suggestion):
    filled = fill(f"a{template}b", VALUES, NOW)
    assert filled.text == f"a{template}b"
    assert filled.missing == []
    (unknown,) = filled.unknown
    assert (unknown.name, unknown.suggestion) == (template.strip("{}"), suggestion)


def test_sentences_of_unknown_names():
    filled = fill("{السعير} {zzz}", {})
    assert [strip(sentence) for sentence in filled.sentences] == [
        "{السعير} means nothing here. Did you mean {السعر}?",
        "{zzz} means nothing here. It will be copied as it stands.",
    ]
    assert filled.sentences[0].startswith("\u2068{السعير}\u2069")


def test_spans():
    template = "a {customer|friend} b {date-2d} {oops}"
    first, second, third = find(template)
    assert template[first.start : first.end] == "{customer|friend}"
    assert (first.key, first.fallback, first.minutes) == ("customer", "friend", 0)
    assert (second.key, second.fallback, second.minutes) == ("date", None, -2880)
    assert (third.key, third.name) == ("", "oops")


def test_unknown_with_a_fallback_is_still_unknown():
    filled = fill("{oops|friend}", {})
    assert filled.text == "{oops|friend}"
    assert [unknown.name for unknown in filled.unknown] == ["oops"]
