"""The preparation list of a day, as a PDF that is read back and as a text."""

import datetime as dt
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from desktop.exchange.preparation import preparation_text, read_preparation, write_preparation
from desktop.i18n import N_
from desktop.services.errors import Invalid
from desktop.services.order_due import due_moment
from desktop.services.orders import add_order
from desktop.services.profile import update_profile

DAY = dt.date(2030, 11, 30)
DUBAI = ZoneInfo("Asia/Dubai")


@pytest.fixture
def bakery(database):
    def fill(session):
        update_profile(session, None, currency="AED", territory="AE", time_zone="Asia/Dubai", name="Bakery")
        late, early = (due_moment(DAY, minutes, DUBAI) for minutes in (1439, 0))
        cake = {"name": "#cake *[$x$]", "quantity": 2, "price": 7500}
        add_order(session, [cake], name="Noura", due_at=late, card="Mabrook", note="no nuts", deposit=5000)
        add_order(session, [{**cake, "note": "blue"}], name="علي", due_at=early, way="delivery", address="Corniche")
        add_order(session, due_at=late)
        add_order(session, [cake], due_at=late, state="cancelled")
        add_order(session, [cake], due_at=late + 60)

    database.run(N_("New order"), fill)
    return database


def test_the_text_goes_by_time_and_sums_things_up(bakery):
    with bakery.reader() as session:
        text = preparation_text(read_preparation(session, DAY, "en"))
    parts = text.split("\n\n")
    assert parts[:2] == ["*To prepare for Saturday, 30 November 2030*", "4 × #cake *[$x$]"]
    assert parts[2] == (
        "*12:00 midnight, 2, علي*\n2 × #cake *[$x$] – blue\nDelivery: Corniche\nLeft to pay: AED\u00a0150"
    )
    assert "On the card: “Mabrook”\nNote: no nuts\nLeft to pay: AED\u00a0100" in parts[3]
    assert "This order has no items yet." in parts[4]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_pdf_says_the_same_and_nothing_in_it_is_markup(bakery, tmp_path, language):
    with bakery.reader() as session:
        assert write_preparation(session, tmp_path / "list.pdf", DAY, language) == 3
    pdf = pypdfium2.PdfDocument(tmp_path / "list.pdf")
    said = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert said.count("#cake *[$x$]" if language == "en" else "cake") == 3  # pdfium turns signs in Arabic lines round
    assert "Mabrook" in said


def test_a_day_without_orders_is_told(bakery):
    with bakery.reader() as session, pytest.raises(Invalid, match="No order is due"):
        read_preparation(session, DAY - dt.timedelta(days=1), "ar")  # the list would be Arabic; this is for the owner


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_long_address_stays_on_the_page(bakery, tmp_path, language):
    def order(session):
        where = "https://maps.example.com/" + "somewhere" * 20
        day = due_moment(DAY + dt.timedelta(days=1), 600, DUBAI)
        add_order(session, [{"name": where, "quantity": 1, "note": where}], due_at=day, way="delivery", address=where)

    bakery.run(N_("New order"), order)
    with bakery.reader() as session:
        write_preparation(session, tmp_path / "list.pdf", DAY + dt.timedelta(days=1), language)
    page = pypdfium2.PdfDocument(tmp_path / "list.pdf")[0]
    text = page.get_textpage()
    edges = [text.get_charbox(i) for i in range(text.count_chars())]
    assert min(left for left, *_rest in edges) > 0
    assert max(right for _left, _bottom, right, _top in edges) < page.get_width()
