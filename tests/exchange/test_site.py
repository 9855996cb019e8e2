"""The shop's web page: complete, valid, inert, and written whole or not at all."""

import json
import re
from decimal import Decimal
from urllib.parse import unquote, urlsplit

import html5lib
import pytest

from desktop.data.database import Database
from desktop.data.models import ProductText
from desktop.exchange.offer import Choice
from desktop.exchange.site import write_site
from desktop.services.catalog import add_product
from desktop.services.collections import add_collection, put_into
from desktop.services.errors import Invalid
from desktop.services.profile import update_profile

HOSTILE = "<script>alert(1)</script>\"'&amp;{{ 7*7 }}</title>\u2028"


def fill(session):
    about = {"name": "بيت الهدايا", "about": HOSTILE, "phone": "971501234567", "territory": "AE", "currency": "AED"}
    update_profile(session, None, **about, language="ar", website="https://shop.example.com")
    bags = add_collection(session, "حقائب")
    for number in range(10):
        item = add_product(session, f"حقيبة {number}", code=f"BAG-{number}", price=9500 + number)
        put_into(session, item, bags)
        session.add(ProductText(product_id=item, language="en", name=f"Bag {number}", description=""))
    add_product(session, HOSTILE, description=HOSTILE, brand=HOSTILE, link="https://example.com/?q=%3Cb%3E&x=1")
    add_product(session, "سر", hidden=True)


@pytest.fixture
def write(shop_with, tmp_path):
    database = Database(shop_with(fill))

    def write(folder=tmp_path / "site", **options):
        with database.reader() as session:
            write_site(session, folder, **options)
        return folder

    yield write
    database.close()


def pages(site):
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}


def test_every_page_is_valid_and_every_link_leads_somewhere(write):
    site = write(choice=Choice(languages=("ar", "en")))
    found = pages(site)
    assert len(found) == 2 * (1 + 2 + 11)
    for name, page in found.items():
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        tree = parser.parse(page)
        assert tree.get("dir") == ("ltr" if name.startswith("en/") else "rtl")
        for element in tree.iter():
            for attribute in ("href", "src"):
                address = element.get(attribute, "")
                parts = urlsplit(address)
                if parts.scheme:
                    assert parts.scheme in ("https", "tel", "mailto"), address
                    assert element.tag == "a", "nothing is loaded from elsewhere"
                elif address and not address.startswith("#"):
                    assert (site / name).parent.joinpath(parts.path).resolve().is_file(), (name, address)


@pytest.mark.fault("S06")
def test_nothing_that_is_written_can_run(write):
    site = write()
    for page in pages(site).values():
        scripts = re.findall(r"<script(.*?)>(.*?)</script>", page, re.DOTALL)
        assert [body for attributes, body in scripts if "src=" in attributes] == ["", "", ""]
        assert all("ld+json" in attributes or "src=" in attributes for attributes, _body in scripts)
        assert "script-src 'self'" in page
        assert "49" not in re.findall(r"<title>(.*?)</title>", page)[0]
    items = (site / "items.js").read_text("utf-8")
    assert "<" not in items
    assert "\u2028" not in items
    said = json.loads(items.removeprefix("window.SHOP = ").removesuffix(";\n"))
    assert said["items"][-1]["names"]["ar"].startswith("<script>alert")


def test_hidden_items_are_nowhere(write):
    site = write()
    assert "سر" not in "".join(path.read_text("utf-8") for path in site.rglob("*.*s"))
    assert all("سر<" not in page for page in pages(site).values())


def test_an_order_link_names_the_item_in_the_language_of_the_page(write):
    site = write(choice=Choice(languages=("ar", "en")))
    (link,) = re.findall(r'<a class="order" href="([^"]*BAG-3[^"]*)"', pages(site)["en/items/4.html"])
    assert unquote(link) == "https://wa.me/971501234567?text=Hello, I would like to order: Bag 3 (BAG-3)"


@pytest.mark.parametrize(("percent", "price"), [(Decimal(0), "95 "), (Decimal(-15), "80.75"), (None, None)])
def test_prices(write, percent, price):
    page = pages(write(choice=Choice(percent=percent)))["items/1.html"]
    shown = re.findall(r'<p class="price" id="price">(.*?)</p>', page)[0]
    assert (price in shown.replace("\xa0", " ")) if price else shown == ""


def test_whole_addresses_only_where_it_is_known_where_it_will_be(write, tmp_path):
    assert "canonical" not in pages(write())["items/1.html"]
    there = write(tmp_path / "other", base_url="shop.example.com/catalog/")
    assert '<link rel="canonical" href="https://shop.example.com/catalog/items/1.html">' in pages(there)["items/1.html"]


def test_a_stop_leaves_the_page_before(write):
    site = write()
    before = pages(site)

    def stop(done, _of):
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tell=stop, choice=Choice(percent=None))
    assert pages(site) == before


def test_an_empty_catalog_is_told(database, tmp_path):
    with database.reader() as session, pytest.raises(Invalid, match="no item that customers can see"):
        write_site(session, tmp_path / "site")
    assert not (tmp_path / "site").exists()
