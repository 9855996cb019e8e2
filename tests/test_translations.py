"""The sentences: all of them collected from the code, and all of them said in Arabic, in the words of its glossary."""

import ast
import gettext
import importlib.util
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
POT = ROOT / "translations/dukkan.pot"
PO = ROOT / "translations/ar/LC_MESSAGES/dukkan.po"
CATEGORIES = ("zero", "one", "two", "few", "other", "many")  # the order of Arabic's forms in the file
COUNT_MAY_BE_A_WORD = (0, 1, 2)  # no items, one item, two items
ARABIC = re.compile(r"[\u0621-\u064a]")
ISOLATED = re.compile("[\u2066\u2068][^\u2069]*\u2069")


def _load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


messages = _load(ROOT / "packaging/messages.py")
catalogue = read_po(BytesIO(PO.read_bytes()))
MESSAGES = [message for message in catalogue if message.id]


def forms(message):
    """The translations of a message: one, or one for each number."""
    return list(message.string) if message.pluralizable else [message.string]


def every():
    """Each message with each of its forms."""
    return [(message, form) for message in MESSAGES for form in forms(message)]


def fields(text):
    """The named fields of a sentence, of both kinds, in alphabetical order."""
    named = [name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None]
    return sorted({*named, *re.findall(r"%(?:\(\w+\))?[a-z]", text)})


@cache
def calls():
    """Every call of a function of translation in the code, with the file it stands in: when a test asks for it."""
    paths = sorted((ROOT / "desktop").rglob("*.py"))
    found = [(path.relative_to(ROOT), messages.calls(path.read_text(encoding="utf-8"))) for path in paths]
    return [(f"{path}:{call.lineno}", call) for path, in_it in found for call in in_it]


@cache
def template():
    """Every sentence of the code."""
    return messages.template()


def literal(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


# The code


def test_no_sentence_is_put_together_inside_a_call():
    """Not an f-string, not a sum, not a format: a translator would never see those."""
    assert [place for place, call in calls() if built(call.args[0])] == []


def built(argument):
    """Tell whether a sentence is put together; `_(TITLES[name])` only looks one up."""
    if isinstance(argument, ast.Call):
        return isinstance(argument.func, ast.Attribute) and argument.func.attr in ("format", "join", "replace")
    return isinstance(argument, (ast.JoinedStr, ast.BinOp, ast.IfExp))


@pytest.mark.parametrize("wrong", ['f"{n} items"', '"Copied " + name', '"{n} items".format(n=n)', '"a" if n else "b"'])
def test_a_sentence_that_is_put_together_is_noticed(wrong):
    assert built(ast.parse(wrong, mode="eval").body)


def test_what_is_marked_or_counted_is_a_literal():
    for place, call in calls():
        if call.func.id == "N_":
            assert literal(call.args[0]), place
        if call.func.id in ("ngettext", "pgettext"):
            assert literal(call.args[0]), place
            assert literal(call.args[1]), place


CODE = """
# TRANSLATORS: on a button,
# not in a menu.
_("Copy")
N_("Cut")
title(_(TITLES["name"]), ngettext("{n} item", "{n} items", n), f"{_('Copy')} {_('Paste')}")  # _("no call")
pgettext("of a shop", "Open")
"""


def test_every_sentence_is_collected_and_nothing_else(tmp_path):
    (tmp_path / "code.py").write_text(CODE, encoding="utf-8")
    found = [(message.id, message.context) for message in messages.template(tmp_path) if message.id]
    several = ("{n} item", "{n} items")
    assert found == [("Copy", None), ("Cut", None), (several, None), ("Paste", None), ("Open", "of a shop")]
    assert messages.template(tmp_path)["Copy"].auto_comments == ["TRANSLATORS: on a button,", "not in a menu."]


def test_the_template_is_as_the_code_is_now():
    """`make messages` writes it."""
    assert POT.read_text(encoding="utf-8") == messages.text(template(), messages.HEADER)


def test_the_translation_is_as_the_template_is_now():
    text = PO.read_text(encoding="utf-8")
    assert text == messages.updated(text, template())


# Arabic, as a file


def test_everything_is_translated_and_nothing_is_guessed():
    assert len(MESSAGES) > 600
    assert [message.id for message, form in every() if not form] == []
    assert [message.id for message in MESSAGES if message.fuzzy] == []
    assert not catalogue.obsolete


def test_what_is_said_in_words_has_arabic_letters():
    untouched = [
        message.id
        for message, form in every()
        if re.search("[A-Za-z]", re.sub(r"\{\w*\}|%\(\w+\)\w|%s", "", str(message.id))) and not ARABIC.search(form)
    ]
    assert set(untouched) <= {"argument %(argument_name)s: %(message)s", "{day} {time}"}


def test_a_translation_has_the_fields_of_its_sentence():
    for message in MESSAGES:
        wanted = fields(message.id[1] if message.pluralizable else message.id)
        for i, form in enumerate(forms(message)):
            accepted = [wanted]
            if message.pluralizable and i in COUNT_MAY_BE_A_WORD:
                accepted.append([name for name in wanted if name != "n"])
            assert fields(form) in accepted, (message.id, form)


@pytest.mark.parametrize(
    ("form", "taken"),
    [("{n} من", True), ("من", False), ("{m} من", False), ("{n} {m}", False), ("{n} %s", False)],
)
def test_a_lost_field_is_noticed(form, taken):
    assert (fields(form) == fields("{n} of")) is taken


def test_the_form_for_a_number_is_the_one_that_arabic_has():
    number_of_forms = re.search(r"plural=(.*);", catalogue.mime_headers and catalogue.plural_forms)[1]
    index, category = gettext.c2py(number_of_forms), Locale("ar").plural_form
    assert catalogue.num_plurals == len(CATEGORIES)
    assert [CATEGORIES[index(n)] for n in range(1001)] == [category(n) for n in range(1001)]


def test_marks_of_direction_are_the_harmless_ones_and_closed():
    """LRM and RLM stand at an edge; an isolate is closed in the same sentence."""
    for message, form in every():
        assert not re.search("[\u061c\u202a-\u202e\u2067]", form), message.id
        assert not re.search("[\u2066\u2068\u2069]", ISOLATED.sub("", form)), message.id


def test_what_begins_with_a_dash_or_a_plus_keeps_it_in_front():
    """In a line from right to left, a sign before a Latin word or a number is drawn behind it, unless it is held."""
    loose = re.compile(r"(?<![A-Za-z0-9_}\u200e])(?<![A-Za-z}] )(?:--|\+|\.)(?=[A-Za-z0-9])")
    wrong = [form for _message, form in every() if loose.search(re.sub(r"\(\*[^)]*\)", "", ISOLATED.sub("", form)))]
    assert wrong == []


def test_a_sentence_that_begins_with_a_latin_word_is_still_arabic():
    """Its direction is that of its first letter, unless a mark comes before."""
    assert [form for _message, form in every() if re.match(r"[^\u0600-\u06ff\u200f{%]*[A-Za-z]", form)] == []


def test_a_size_is_read_from_its_width():
    for message, form in every():
        assert "×" not in ISOLATED.sub("", form), message.id


# Arabic, as it is written


def test_punctuation_is_arabic():
    latin = re.compile(r"[\u0600-\u06ff»}]\s*[,;?]|[\"“”!]|\.\.\.")
    assert [form for _message, form in every() if latin.search(ISOLATED.sub("", form))] == []


def test_no_sentence_ends_with_a_full_stop():
    """Words on buttons never; and of feedback and hints the last one falls off, everywhere alike."""
    assert [form for _message, form in every() if form.endswith((".", "؛"))] == []


def test_a_title_that_awaits_something_keeps_its_ellipsis():
    """The dots say that a dialog follows."""
    for message in MESSAGES:
        if not message.pluralizable and message.id.endswith("…"):
            assert message.string.rstrip("\u2069").endswith("…"), message.id


@pytest.mark.parametrize(
    "word",
    [
        *("يرجى", r"\bقم ب", "الرجاء", "بنجاح", r"\bلقد\b", r"\bقمت", "القيام ب"),  # civil servants' Arabic
        *("عنصر", "عناصر", "زبون", "زبائن", r"\bتغذية", "خلاصة", "لوحة القيادة", r"\b(?:ال)?حافظة"),  # see the glossary
        *("خطأ", "فشل", "غير صالح", "غير صحيح"),  # nobody is blamed
        *("أوقات العمل", "غير المسجلين", "المحادث", "الجوال", "حاسوب"),  # each thing has one name
    ],
)
def test_words_that_are_not_used(word):
    assert [form for _message, form in every() if re.search(word, form)] == []


def test_an_item_is_called_so():
    """A product is only the number that WhatsApp gives."""
    for message, form in every():
        if "منتج" in form:
            assert "product" in str(message.id) or "The id is" in str(message.id), form


SLIPS = (
    r"(?<!\b[بل])\u0640",  # kashida, but in a preposition that stands before a number or a Latin word
    r"\u0627\u064b",  # the tanwin stands before its alif
    r"(?<!\S)[وفبل]?(?:الى|او|ان|اذا|اضافة|اصناف|اخر|اول|اعادة|انشاء|اي|الاصناف|رساله|مجموعه|قائمه)(?!\w)",
    "  |^ | $",
)


def slips(form):
    """What is misspelt in a sentence."""
    return [slip for slip in SLIPS if re.search(slip, form)]


def test_spelling():
    """A space at the edge is there because the sentence has it too."""
    edged = {"usage: ", ", "}
    assert [form for message, form in every() if slips(form.strip() if message.id in edged else form)] == []


@pytest.mark.parametrize("wrong", ["صنفاً", "صــنف", "الصنف او الرد", "صنف واضافة", "صنف  جديد", "صنف ", "رساله جديدة"])
def test_a_slip_of_the_pen_is_noticed(wrong):
    assert slips(wrong)


@pytest.mark.parametrize("right", ["صنفًا", "أطول بـ 14 حرفًا", "لا معنى لـ {السعير}", "إضافة", "رسالة"])
def test_what_is_well_written_is_left_alone(right):
    assert not slips(right)


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("Home", "الرئيسية"),
        ("Business profile", "الملف التجاري"),
        ("Catalog", "الكتالوج"),
        ("Collections", "المجموعات"),
        ("Quick replies", "الردود السريعة"),
        ("Links and QR", "الروابط ورموز QR"),
        ("Settings", "الإعدادات"),
        ("Business name", "اسم المتجر"),
        ("About", "نبذة"),
        ("Description", "الوصف"),
        ("Category", "الفئة"),
        ("Address", "العنوان"),
        ("Location on the map", "الموقع على الخريطة"),
        ("Email", "البريد الإلكتروني"),
        ("Website", "الموقع الإلكتروني"),
        ("Phone number", "رقم الهاتف"),
        ("Price", "السعر"),
        ("Sale price", "سعر العرض"),
        ("Item code", "رمز الصنف"),
        ("Item link", "رابط الصنف"),
        ("WhatsApp product id", "رقم المنتج في واتساب"),
        ("Shortcut", "الاختصار"),
        ("Keywords", "الكلمات المفتاحية"),
        ("Add item", "إضافة صنف"),
        ("New reply", "رد جديد"),
        ("Copy", "نسخ"),
        ("Copy link", "نسخ الرابط"),
        ("Copy message", "نسخ الرسالة"),
        ("Copied", "تم النسخ"),
        ("Duplicate item", "تكرار الصنف"),
        ("Undo", "تراجع"),
        ("Redo", "إعادة"),
        ("Undo: {title}", "تراجع عن: {title}"),
        ("Change price", "تغيير السعر"),
        ("Out of stock", "نفد"),
        ("In stock", "متوفر"),
        ("Hidden", "مخفي"),
        ("Nothing found", "لا نتائج"),
        ("New customer", "عميل جديد"),
        ("New order", "طلب جديد"),
        ("Pending payment", "في انتظار الدفع"),
        ("Paid", "مدفوع"),
        ("Order complete", "طلب مكتمل"),
        ("A price is a number only, like 75.50.", "السعر رقم فقط، مثل 75.50"),
        ("Chat opened, text ready", "الدردشة مفتوحة والنص جاهز"),
        ("Start my shop", "إنشاء متجري"),
        ("Quick search", "البحث السريع"),
    ],
)
def test_the_words_of_the_glossary(english, arabic):
    assert catalogue.get(english).string == arabic


@pytest.mark.parametrize(
    ("count", "arabic"),
    [
        *((0, "لا أصناف بلا سعر"), (1, "صنف واحد بلا سعر"), (2, "صنفان بلا سعر")),
        *((3, "3 أصناف بلا سعر"), (10, "10 أصناف بلا سعر"), (103, "103 أصناف بلا سعر")),
        *((11, "11 صنفًا بلا سعر"), (99, "99 صنفًا بلا سعر"), (111, "111 صنفًا بلا سعر")),
        *((100, "100 صنف بلا سعر"), (101, "101 صنف بلا سعر"), (102, "102 صنف بلا سعر"), (200, "200 صنف بلا سعر")),
    ],
)
def test_things_are_counted_as_in_arabic(count, arabic):
    from desktop import i18n

    i18n.set_language("ar")
    assert i18n.ngettext("{n} item has no price", "{n} items have no price", count).format(n=count) == arabic
