"""Pictures of pages: what is asked for reaches the program as it was typed."""

import sys
from types import SimpleNamespace

import pytest

import desktop
from desktop.cli import shot
from desktop.ui import pages


@pytest.fixture
def app(monkeypatch):
    """What the program was asked to draw, in place of its window: `tests/test_app.py` has the real one."""
    asked = []

    def shot(where, page, language, theme, width, height, out):
        asked.append((where, page, language, theme, width, height))
        out.write_bytes(b"picture")

    def tour(out):
        asked.append(out)
        return 0

    app = SimpleNamespace(shot=shot, tour=tour)
    monkeypatch.setitem(sys.modules, "desktop.app", app)
    monkeypatch.setattr(desktop, "app", app, raising=False)
    return asked


def test_every_page_of_the_sidebar_can_be_drawn():
    assert list(shot.PAGES) == [entry.name for entry in pages.PAGES]


def test_a_page(dukkan, gifts, app, tmp_path):
    out = tmp_path / "page.png"
    words = ("--page", "catalog", "--lang", "ar", "--theme", "dark", "--size", "1320x840")
    assert dukkan("shot", gifts, *words, "--out", out).code == 0
    assert app == [(gifts, "catalog", "ar", "dark", 1320, 840)]
    assert out.read_bytes() == b"picture"


@pytest.mark.parametrize(
    "words", [["--page", "moon"], ["--size", "big"], ["--size", "0x0"], ["--size", "99999x9"], ["--theme", "pink"]]
)
def test_a_slip(dukkan, gifts, app, tmp_path, words):
    assert dukkan("shot", gifts, *words, "--out", tmp_path / "a.png").code == 2
    assert dukkan("shot", gifts, *words).code == 2
    assert not app


def test_no_shop_and_no_place(dukkan, gifts, app, tmp_path):
    assert dukkan("shot", tmp_path / "nothing.dukkan", "--out", tmp_path / "a.png").code == 66
    assert not app
    assert dukkan("shot", gifts, "--out", tmp_path / "nowhere/a.png").code == 73


def test_the_tour(dukkan, app, tmp_path):
    assert dukkan("tour", "--out", tmp_path / "tour").code == 0
    assert app == [tmp_path / "tour"]
    (tmp_path / "file").touch()
    result = dukkan("tour", "--out", tmp_path / "file")
    assert result.code == 73
    assert result.err.count("\n") == 1


def test_what_the_system_lacks_is_said(dukkan, gifts, app, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.system.obstacle", lambda: "Something is missing.")
    for words in (["shot", gifts, "--out", tmp_path / "a.png"], ["tour", "--out", tmp_path / "tour"]):
        assert (dukkan(*words).code, dukkan(*words).err) == (69, "Something is missing.\n")
    assert not app
