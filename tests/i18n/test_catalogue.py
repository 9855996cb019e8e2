"""Compiled catalogues: what they say, against Python's own reader of them, and what is none."""

import struct
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from desktop.i18n.catalogue import Catalogue
from desktop.resources import folder


def compiled(catalogue):
    target = BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


@pytest.fixture(scope="module")
def arabic():
    return read_po(BytesIO((folder("translations") / "ar" / "LC_MESSAGES" / "dukkan.po").read_bytes()))


def test_it_says_what_pythons_own_says(arabic):
    data = compiled(arabic)
    ours, theirs = Catalogue(data), GNUTranslations(BytesIO(data))
    for message in arabic:
        if isinstance(message.id, tuple):
            one, many = message.id
            for n in (0, 1, 2, 3, 10, 11, 99, 100, 101, 1000):
                assert ours.ngettext(one, many, n) == theirs.ngettext(one, many, n)
        elif message.context:
            assert ours.pgettext(message.context, message.id) == theirs.pgettext(message.context, message.id)
        else:
            assert ours.gettext(message.id) == theirs.gettext(message.id)
    assert ours.gettext("of no catalogue") == ours.pgettext("no", "of no catalogue") == "of no catalogue"
    assert [ours.ngettext("{n} no", "{n} noes", n) for n in (1, 2)] == ["{n} no", "{n} noes"]


@pytest.mark.parametrize("spoil", [lambda data: b"", lambda data: data[: len(data) // 2], lambda data: b"x" * 100])
def test_what_is_no_catalogue(arabic, spoil):
    with pytest.raises((ValueError, struct.error)):
        Catalogue(spoil(compiled(arabic)))


def test_one_that_says_nothing_says_the_english():
    assert Catalogue(compiled(Catalog(locale="ar"))).gettext("Save") == "Save"
