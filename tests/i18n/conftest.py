"""Languages to test with: a small Arabic catalogue in place of the project's own."""

import pytest

from desktop import i18n
from desktop.i18n import choices

ARABIC = r"""
msgid ""
msgstr ""
"Language: ar\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 "
": n%100>=0 && n%100<=2 ? 4 : 5);\n"
"Content-Type: text/plain; charset=utf-8\n"

msgid "{n} item"
msgid_plural "{n} items"
msgstr[0] "لا أصناف"
msgstr[1] "صنف واحد"
msgstr[2] "صنفان"
msgstr[3] "{n} أصناف"
msgstr[4] "{n} صنف"
msgstr[5] "{n} صنفًا"

msgid "Catalog"
msgstr "الكتالوج"

#, fuzzy
msgid "Home"
msgstr "؟"

msgctxt "state"
msgid "Open"
msgstr "مفتوح"

msgctxt "button"
msgid "Open"
msgstr "فتح"

msgid "{part} of {whole}"
msgstr "{part} من {whole}"

msgid "{weekday}, {date}"
msgstr "{weekday} {date}"

msgid "yesterday"
msgstr "أمس"

msgid "today"
msgstr "اليوم"

msgid "tomorrow"
msgstr "غدًا"

msgid "{time} noon"
msgstr "{time} ظهرًا"

msgid "{time} midnight"
msgstr "{time} منتصف الليل"

msgid "{day} {time}"
msgstr "{day} {time}"

msgid "{date}, {time}"
msgstr "{date}، {time}"

msgid "{hours} (next day)"
msgstr "{hours} (اليوم التالي)"
"""


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """The .po file of a checkout that has one language, with a cache of its own."""
    monkeypatch.setattr(i18n, "folder", lambda name: tmp_path / name)
    monkeypatch.setattr(i18n, "cache_folder", lambda: tmp_path / "cache")
    path = tmp_path / "translations" / "ar" / "LC_MESSAGES" / "dukkan.po"
    path.parent.mkdir(parents=True)
    path.write_text(ARABIC, "utf-8")
    return path


@pytest.fixture
def arabic(catalogue):
    i18n.set_language("ar")


@pytest.fixture(autouse=True)
def as_before(monkeypatch):
    """English, and no choices of a shop, before and after every test."""
    monkeypatch.setattr(choices, "_settings", choices.Settings())
    i18n.set_language("en")
    yield
    i18n.set_language("en")
