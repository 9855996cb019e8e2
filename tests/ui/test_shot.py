"""Pictures of pages, as the real window shows them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop import app, i18n
from desktop.data.database import Database
from desktop.data.images import render_svg
from desktop.exchange.files import CannotWrite
from desktop.resources import resource
from desktop.services.catalog import add_product
from desktop.services.pictures import add_pictures
from desktop.services.profile import update_profile
from desktop.ui import shot, theme


@pytest.fixture(autouse=True)
def light_again(qapp, fresh):
    yield
    i18n.set_language("en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    theme.apply(qapp, "light")


@pytest.fixture
def gifts(shop):
    """A shop with a black picture in it."""
    database = Database(shop)
    database.run("Home", update_profile, None, name="هدايا", territory="AE", currency="AED")
    item = database.run("Add item", add_product, "Watch", price=7500)
    drawing = render_svg(resource("samples/gifts/pictures/WCH-0201.svg"), 500)
    database.run("Picture", add_pictures, item, [drawing])
    database.close()
    return shop


def colours(path):
    image = QImage(str(path))
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ar", "dark")])
def test_a_page_with_its_pictures(qapp, gifts, tmp_path, language, scheme):
    out = tmp_path / "page.png"
    before = gifts.read_bytes()
    app.shot(gifts, "catalog", language, scheme, 1024, 640, out)
    image = QImage(str(out))
    assert (image.width(), image.height()) == (1024, 640)
    edge = image.pixelColor(5 if language == "ar" else 1018, 300).name()  # of the inspector, at the trailing side
    assert edge == theme.TOKENS["surface"][scheme == "dark"].lower()
    assert len(colours(out)) > 60  # the drawing has been read and painted
    assert gifts.read_bytes() == before
    Database(gifts).close()  # nothing holds it


def test_a_page_is_built_as_in_the_program(qapp, gifts, tmp_path, monkeypatch):
    """There only its window has the looks: widths that were taken before are seen on the picture too."""
    looks = []
    monkeypatch.setattr(shot, "save", lambda window, out: looks.append((window.styleSheet(), qapp.styleSheet())))
    app.shot(gifts, "links", "en", "light", 1024, 640, tmp_path / "page.png")
    ((own, everywhere),) = looks
    assert own
    assert not everywhere


def test_the_page_that_is_named(qapp, gifts, tmp_path):
    pages = ("profile", "links")
    for page in pages:
        app.shot(gifts, page, "en", "light", 1000, 640, tmp_path / f"{page}.png")
    assert len({(tmp_path / f"{page}.png").read_bytes() for page in pages}) == len(pages)


def test_no_place_for_it(qapp, gifts, tmp_path):
    with pytest.raises(CannotWrite):
        app.shot(gifts, "catalog", "en", "light", 1024, 640, tmp_path / "gone" / "page.png")
    Database(gifts).close()
