import datetime as dt
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n import speaking
from desktop.i18n.bidi import strip
from desktop.services.placeholders import FORMS, KEYS, LONGEST, MEANT, TOLD, fill, find, label

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
        "%s {0} $customer {{7*7}}", "{https://example.com|x}", "{customer|a\nb}", "{\ncustomer}",
        "{customer:f=a\n|b}",
    ],
)  # fmt: skip
def test_everything_else_is_text(text):
    filled = fill(text, VALUES, NOW)
    assert (filled.text, filled.missing, filled.unknown) == (text, [], [])
    assert find(text) == []


@pytest.mark.fault("S12")
def test_values_are_not_templates():
    values = {"customer": "{price}", "price": "{customer} {{1}} \\1 %s"}
    assert fill("{customer}: {price}", values).text == "{price}: {customer} {{1}} \\1 %s"


@given(st.dictionaries(st.sampled_from([known.key for known in KEYS]), st.text(min_size=1)), st.text(), st.text())
@pytest.mark.fault("S12")
def test_one_pass(values, before, after):
    before, after = before.replace("{", "").replace("}", ""), after.replace("{", "").replace("}", "")
    for key, value in values.items():
        assert fill(f"{before}{{{key}}}{after}", values).text == before + value + after


NAMES = st.one_of(st.none(), st.text(min_size=1, max_size=20))
WORDS = st.text(st.characters(exclude_characters="{}\n|#", exclude_categories=["Cs"]), max_size=10)


@given(WORDS, WORDS, st.one_of(st.none(), WORDS), NAMES, st.sampled_from(["f", "m", ""]))
def test_the_form_of_whoever_it_is_or_the_last_words_or_none(her, him, them, name, gender):
    template = f"{{customer:f={her}|m={him}" + ("}" if them is None else f"|{them}}}")
    if them is not None and "=" in them:
        return  # it may be a form itself
    filled = fill(template, {"customer": name or ""}, gender=gender)
    expected = {"f": her, "m": him, "": them}[gender]
    assert filled.text == (template if expected is None else expected)
    assert filled.missing == ([] if expected is not None else ["gender" if name else "customer"])
    assert filled.unknown == []


@given(st.text(st.sampled_from("{}|+-_=:#fmotherone customerquantity الكميةالعميل12\n"), max_size=60), st.text())
def test_whatever_is_typed_is_filled_in_one_pass_or_left(template, name):
    values = {"customer": name, "quantity": "2"}
    expected, last = [], 0
    for span in find(template):
        expected += [template[last : span.start], fill(template[span.start : span.end], values, NOW, "f").text]
        last = span.end
    assert fill(template, values, NOW, "f").text == "".join([*expected, template[last:]]), "each is filled by itself"


def test_what_opens_inside_begins_anew():
    assert fill("{customer|a{customer|b}", {}).text == "{customer|ab"
    assert fill("{customer:f={price}", VALUES).text == "{customer:f=60 د.إ"


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
        ("{name}", "customer"),
        ("{Customer Name}", "customer"),
        ("{الاسم}", "العميل"),
        ("{اسم}", "العميل"),
        ("{اسم العميل}", "العميل"),
        ("{الزبون}", "العميل"),
        ("{item}", "product"),
        ("{المنتج}", "الصنف"),
        ("{hours}", "hours_week"),
        ("{ساعات العمل}", "ساعات_الأسبوع"),
        ("{link}", "item_link"),
        ("{الرابط}", "رابط_الصنف"),
        ("{الموقع}", "رابط_الموقع"),
        ("{اسم المتجر}", "المتجر"),
        ("{name+3}", "customer"),
        ("{zzz}", ""),
        ("{phone}", ""),
        ("{متى نفتح}", ""),
    ],
)
def test_unknown_names_stay_and_the_nearest_is_suggested(template, suggestion):
    filled = fill(f"a{template}b", VALUES, NOW)
    assert filled.text == f"a{template}b"
    assert filled.missing == []
    (unknown,) = filled.unknown
    assert (unknown.name, unknown.suggestion) == (template.strip("{}"), suggestion)


def test_what_means_something_is_never_called_a_slip():
    words = [word for meant in MEANT.values() for word in meant]
    assert [word for word in words if find(f"{{{word}}}")[0].key] == []
    assert MEANT.keys() <= {known.key for known in KEYS}


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


@pytest.mark.parametrize(
    ("gender", "name", "text"),
    [
        ("f", "نورة", "Dear Ms نورة"),
        ("m", "نورة", "Dear Mr نورة"),
        ("", "نورة", "Hello"),
        ("f", "", "Hello"),
        ("", "", "Hello"),
    ],
)
@pytest.mark.parametrize(
    "template",
    [
        "{customer:f=Dear Ms #|m=Dear Mr #|Hello}",
        "{العميل:مؤنث=Dear Ms #|مذكر=Dear Mr #|Hello}",
        "{ Customer : F =Dear Ms #| \u200fm\u200f =Dear Mr #|Hello}",
    ],
)
def test_words_for_a_woman_and_for_a_man(template, gender, name, text):
    filled = fill(template, {"customer": name}, gender=gender)
    assert (filled.text, filled.missing, filled.unknown) == (text, [], [])


def test_what_forms_lack_is_told():
    assert [strip(s) for s in fill("{customer:f=her|m=him}", {"customer": "x"}).sentences] == ["Missing: Woman or man"]
    assert fill("{customer:f=her #|m=him #}", {}, gender="f").missing == ["customer"]
    assert fill("{customer:f=her|m=him}", {}, gender="f").text == "her"
    assert fill("{quantity:one=a|two=b}", {"quantity": "7"}).missing == ["plural"]
    assert fill("{quantity:one=a|other=b}", {}).missing == ["quantity"]
    assert fill("{quantity:one=a|other=b|}", {}).text == ""


@pytest.mark.parametrize(
    ("language", "template", "texts"),
    [
        ("en", "{quantity:one=# box|other=# boxes}", {"0": "0 boxes", "1": "1 box", "1,000": "1,000 boxes"}),
        ("ar", "{الكمية:صفر=لا شيء|مفرد=علبة|مثنى=علبتان|قليل=# علب|كثير=# علبة|غير=# علبةٍ}", {
            "0": "لا شيء", "1": "علبة", "2": "علبتان", "3": "3 علب", "١٠": "١٠ علب", "11": "11 علبة",
            "99": "99 علبة", "100": "100 علبةٍ", "102": "102 علبةٍ", "103": "103 علب", "many": "many علبةٍ",
        }),
        ("ar", "{quantity:one=علبة|other=# من العلب}", {"1": "علبة", "2": "2 من العلب", "5": "5 من العلب"}),
    ],
)  # fmt: skip
def test_words_for_a_number(language, template, texts):
    with speaking(language):
        for number, text in texts.items():
            assert fill(template, {"quantity": number}).text == text


def test_every_form_has_a_name_in_both_languages():
    for key, forms in FORMS.items():
        for form, alias in forms.items():
            assert find(f"{{{key}:{alias}=x|{form}=y}}")[0].forms == {form: "x"}


@pytest.mark.parametrize(
    "template", ["{customer:x=a}", "{customer:f}", "{price:f=a}", "{date+3:f=a}", "{customer:one=1}"]
)
def test_forms_that_mean_nothing_are_told(template):
    filled = fill(template, VALUES, NOW)
    assert filled.text == template
    (unknown,) = filled.unknown
    assert unknown.suggestion == template[1:].partition(":")[0].partition("+")[0]


def test_a_customer_called_like_a_form_stays_a_name():
    assert fill("{customer:f=Dear #|m=x}", {"customer": "{price}|m=#"}, gender="f").text == "Dear {price}|m=#"


def test_many_names_that_mean_nothing_are_told_in_few_sentences():
    filled = fill("".join(f"{{zz{n}}}" for n in range(50)) + "{zz1}" + "{" + "x" * 5000 + "}", {})
    assert len(filled.unknown) == 52
    assert len(filled.sentences) == TOLD + 1
    assert strip(filled.sentences[-1]) == "48 more names in braces mean nothing here."
    (sentence,) = fill("{" + "x" * 5000 + "}", {}).sentences
    assert len(sentence) < LONGEST + 100


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "{{",
        "{a",
        "{customer|",
        "{customer:",
        "{customer:f=",
        "f=|",
        "{ ",
        "{customer+",
        "{abc}",
        "{customer:f=a|#}",
    ],
)
def test_time_grows_with_the_length_alone(piece):
    """A long text is filled while one types; twice of it may take about twice as long."""

    def took(length):
        text = "{customer:" * (piece == "f=|") + (piece * length)[:length]
        spans = []
        for _ in range(3):
            begin = process_time()
            fill(text, {"customer": "x"}, NOW)
            spans.append(process_time() - begin)
        return min(spans)

    assert took(140_000) < max(12 * took(35_000), 0.1), (
        "four times as long, with room for noise; 16 would be its square"
    )
