"""Languages: looked up when shown, switched while running, compiled when needed."""

import subprocess
import sys
import threading

import pytest
from babel.core import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from desktop import i18n, resources
from desktop.i18n import N_, _, ngettext, pgettext


@pytest.fixture
def compiler(monkeypatch):
    """Count how often a .po file is compiled."""
    calls = []
    monkeypatch.setattr("babel.messages.pofile.read_po", lambda *args: calls.append(args) or read_po(*args))
    return calls


def kept(catalogue):
    return list((catalogue.parents[3] / "cache").glob("*"))


def test_text_is_looked_up_when_it_is_shown(catalogue):
    marked = N_("Catalog")
    assert _(marked) == "Catalog"
    i18n.set_language("ar")
    assert (_(marked), i18n.language(), i18n.is_rtl()) == ("الكتالوج", "ar", True)
    i18n.set_language("en")
    assert (_(marked), i18n.language(), i18n.is_rtl()) == ("Catalog", "en", False)


def test_what_is_not_translated_stays_english(arabic):
    assert _("Nobody has translated this.") == "Nobody has translated this."
    assert _("Home") == "Home", "a fuzzy translation is not shown"
    assert _("") == "", "and not the header of the catalogue"


def test_one_word_in_two_meanings(arabic):
    assert (pgettext("state", "Open"), pgettext("button", "Open")) == ("مفتوح", "فتح")
    assert pgettext("elsewhere", "Open") == "Open"


def test_arabic_plurals(arabic):
    forms = [ngettext("{n} item", "{n} items", n).format(n=n) for n in (0, 1, 2, 3, 11, 100, 102, 103, 111)]
    assert forms == [
        "لا أصناف", "صنف واحد", "صنفان", "3 أصناف", "11 صنفًا", "100 صنف", "102 صنف", "103 أصناف", "111 صنفًا"
    ]  # fmt: skip


def test_plural_rule_is_that_of_cldr(arabic):
    rule = Locale("ar").plural_form
    said = {"zero": "لا أصناف", "one": "صنف واحد", "two": "صنفان"}
    said |= {"few": "{n} أصناف", "many": "{n} صنفًا", "other": "{n} صنف"}
    assert [ngettext("{n} item", "{n} items", n) for n in range(1000)] == [said[rule(n)] for n in range(1000)]


@pytest.mark.parametrize(
    ("asked", "given"), [("ar_EG", "ar"), ("en_US", "en"), ("xx", "en"), ("", "en"), ("../ar", "en")]
)
def test_language_that_is_not_there(catalogue, asked, given):
    i18n.set_language(asked)
    assert i18n.language() == given


def test_language_without_a_catalogue_is_right_to_left_all_the_same(catalogue):
    catalogue.unlink()
    i18n.set_language("ar")
    assert (_("Catalog"), i18n.is_rtl()) == ("Catalog", True)


def test_a_text_in_another_language(catalogue):
    with i18n.speaking("ar"):
        assert (_("Catalog"), i18n.language()) == ("الكتالوج", "ar")
        with i18n.speaking("en"):
            assert _("Catalog") == "Catalog"
        assert _("Catalog") == "الكتالوج"
        elsewhere = []
        thread = threading.Thread(target=lambda: elsewhere.append(_("Catalog")))
        thread.start()
        thread.join()
        assert elsewhere == ["Catalog"], "other threads go on in the language of the window"
    with pytest.raises(ZeroDivisionError), i18n.speaking("ar"):
        raise ZeroDivisionError
    assert _("Catalog") == "Catalog"


def test_compiled_once_for_the_same_text(catalogue, compiler):
    i18n.set_language("ar")
    i18n.set_language("ar")
    assert len(compiler) == 1
    assert [path.suffix for path in kept(catalogue)] == [".mo"], "no draft is left behind"
    catalogue.write_text(catalogue.read_text("utf-8").replace("الكتالوج", "الكاتالوج"), "utf-8")
    i18n.set_language("ar")
    assert (len(compiler), _("Catalog")) == (2, "الكاتالوج")


@pytest.mark.parametrize("damage", [b"", b"\xde\x12\x04\x95", b"not compiled", None])
def test_damaged_compiled_form_is_made_anew(catalogue, damage):
    i18n.set_language("ar")
    (path,) = kept(catalogue)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    i18n.set_language("ar")
    assert _("Catalog") == "الكتالوج"
    assert path.read_bytes() == whole


def test_nowhere_to_keep_the_compiled_form(catalogue, tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    i18n.set_language("ar")
    assert _("Catalog") == "الكتالوج"


def install(catalogue, monkeypatch):
    """Make a wheel of the checkout, with a translation that only the compiled form has."""
    monkeypatch.setattr(i18n, "PACKAGE", catalogue.parents[3])
    with catalogue.open("rb") as source:
        messages = read_po(source)
    messages["Catalog"].string = "كتالوج الحزمة"
    with catalogue.with_suffix(".mo").open("wb") as target:
        write_mo(target, messages)


def test_wheel_needs_no_compiler(catalogue, monkeypatch, compiler):
    install(catalogue, monkeypatch)
    i18n.set_language("ar")
    assert (_("Catalog"), compiler, kept(catalogue)) == ("كتالوج الحزمة", [], [])


def test_left_over_compiled_form_does_not_count_in_a_checkout(catalogue, monkeypatch, tmp_path):
    install(catalogue, monkeypatch)
    monkeypatch.setattr(i18n, "PACKAGE", tmp_path / "desktop")
    i18n.set_language("ar")
    assert _("Catalog") == "الكتالوج"


def test_nothing_heavy_is_loaded_with_the_modules():
    code = """if True:
        import sys
        import desktop.i18n.formats, desktop.i18n.numbers, desktop.i18n.bidi
        desktop.i18n.set_language("en")
        print(*{name.partition(".")[0] for name in sys.modules} & {"babel", "phonenumbers", "PySide6"})"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""


def test_what_is_compiled_goes_with_what_was_built():
    assert i18n.cache_folder() == resources.PACKAGE.parent / "build" / "translations"


def test_resources_are_found_in_a_checkout_and_in_a_wheel(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "desktop")
    assert resources.resource("icon.svg") == tmp_path / "resources" / "icon.svg"
    (tmp_path / "desktop" / "resources").mkdir(parents=True)
    assert resources.resource("icon.svg") == tmp_path / "desktop" / "resources" / "icon.svg"
    assert resources.folder("translations") == tmp_path / "translations"


def test_another_language_is_loaded_once_and_anew_after_a_switch(monkeypatch):
    loaded = []
    load = i18n._load
    monkeypatch.setattr(i18n, "_load", lambda language: loaded.append(language) or load(language))
    for _row in range(3):
        with i18n.speaking("ar"):
            assert i18n.language() == "ar"
    assert loaded == ["ar"]
    i18n.set_language("en")
    with i18n.speaking("ar"):
        assert i18n.is_rtl()
    assert loaded == ["ar", "en", "ar"]
