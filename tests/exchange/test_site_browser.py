"""The shop's web page in a real browser, from the disk: what a customer does with it."""

import os
import shutil
from urllib.parse import parse_qs, urlsplit

import pytest

from desktop.data.search import fold
from desktop.exchange.offer import Choice
from desktop.exchange.site import write_site
from desktop.services import hours
from desktop.services.catalog import add_product
from desktop.services.opening import Span
from desktop.services.profile import update_profile

FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
WORDS = (
    *("أَحْمَد", "إيمان ١٢٣", "Café Ünïcode", "ﻛِﺘﺎب", "Straße", "गिलास", "が", "سَاعَةٌ", "ـــ كـتـاب"),
    "A\u200eB",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    driver, program = shutil.which("chromedriver"), shutil.which("chromium") or shutil.which("google-chrome")
    if not (driver and program):
        if os.environ.get("DUKKAN_BROWSER") == "required":
            pytest.fail("chromium and chromedriver are not installed")
        pytest.skip("no chromium and chromedriver here: the web page is not tried in a browser")
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    options = ChromeOptions()
    options.binary_location = program
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('browser')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = Chrome(options=options, service=ChromeService(driver))
    browser.implicitly_wait(5)
    yield browser
    browser.quit()


@pytest.fixture
def site(database, tmp_path):
    def fill(session):
        about = {"name": "بيت", "phone": "971501234567", "territory": "AE", "currency": "AED", "language": "ar"}
        update_profile(session, None, **about, time_zone="Asia/Dubai")
        hours.set_hours(session, [Span(day, 0, 1440, "all_day") for day in range(7)])
        add_product(session, "ساعةُ يدٍ", code="W-1", price=36500)
        add_product(session, "<img src=x onerror=alert(1)>", price=1050)

    database.run("Fill", fill)
    with database.reader() as session:
        write_site(session, tmp_path / "site", Choice(languages=("ar", "en")))
    return f"file://{tmp_path}/site"


def find(browser, selector):
    return browser.find_element("css selector", selector)


def test_a_customer_searches_fills_the_basket_and_orders(browser, site):
    browser.get(f"{site}/index.html")
    assert find(browser, "#open-now").text == "مفتوح الآن · 24 ساعة كل يوم"
    find(browser, "#search").send_keys("ساعه")
    assert [name.text for name in browser.find_elements("css selector", "#found-cards .name")] == ["ساعةُ يدٍ"]
    find(browser, "#found-cards a").click()
    for _ in range(2):
        find(browser, "#add").click()
    browser.get(f"{site}/en/items/2.html")
    find(browser, "#add").click()
    find(browser, "#basket-note").send_keys("Gift wrap, please")
    link = find(browser, "#basket-order").get_attribute("href")
    assert urlsplit(link).netloc + urlsplit(link).path == "wa.me/971501234567"
    assert parse_qs(urlsplit(link).query)["text"][0].replace("\xa0", " ").splitlines() == [
        "Hello, I would like to order:",
        "2 × ساعةُ يدٍ (W-1) – AED 730",
        "1 × <img src=x onerror=alert(1)> – AED 10.50",
        "Total: AED 740.50",
        "Note: Gift wrap, please",
    ]
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_the_page_folds_as_the_program_does(browser, site):
    browser.get(f"{site}/index.html")
    assert browser.execute_script("return arguments[0].map(window.fold)", list(WORDS)) == [fold(w) for w in WORDS]
