"""A pasted message becomes an order: own baskets, own orders, free lists in two languages, and anything else."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.data.models import Variant
from desktop.i18n import N_, formats, speaking
from desktop.services import order_reading
from desktop.services.catalog import add_product, note, read_product
from desktop.services.customers import add_customer
from desktop.services.order_messages import order_message
from desktop.services.order_reading import add_read_order, read_order_text
from desktop.services.orders import read_order
from desktop.services.profile import update_profile

T = N_("Add order")
BASKET = """Hello, I would like to order:
2 × Chocolate cake (C-1) – AED 150
1 × Cupcakes – Large (K-L) – AED 60
Total: AED 210
Note: no nuts please"""


@pytest.fixture
def bakery(database):
    def fill(session):
        update_profile(session, None, currency="AED", territory="AE", name="Bakery", language="ar")
        add_product(session, "Chocolate cake", code="C-1", price=7500)
        add_product(session, "كيكة شوكولاتة", code="C-2", price=8000)
        cups = add_product(session, "Cupcakes", price=4000)
        session.add(Variant(product_id=cups, options='{"size": "Large"}', code="K-L", price=6000))
        add_product(session, "Date cake", price=5000)
        session.flush()
        note(session, read_product(session, cups))
        add_customer(session, "Noura", "0501234567")

    database.run(T, fill)
    return database


def read(database, text):
    with database.reader() as session:
        return read_order_text(session, text)


def lines(reading):
    return [(line.name, line.quantity, line.price) for line in reading.lines]


def test_a_basket_of_the_shops_own_page(bakery):
    found = read(bakery, BASKET)
    assert lines(found) == [("Chocolate cake", 2, 7500), ("Cupcakes (Large)", 1, 6000)]
    assert (found.note, [line.remark for line in found.lines]) == ("no nuts please", ["", ""])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("٢ كيكة شوكولاتة", ("كيكة شوكولاتة", 2, 8000)),
        ("كيكه شوكولاته ×3", ("كيكة شوكولاتة", 3, 8000)),
        ("كيكة شوكولاتة عدد ٤", ("كيكة شوكولاتة", 4, 8000)),
        ("ثلاث كيكة شوكولاتة", ("كيكة شوكولاتة", 3, 8000)),
        ("2x chocolate Cake 75", ("Chocolate cake", 2, 7500)),
        ("x2 chocolate cake", ("Chocolate cake", 2, 7500)),
        ("- 2 c-1", ("Chocolate cake", 2, 7500)),
        ("3 Cupcakes (large)", ("Cupcakes (Large)", 3, 6000)),
        ("Hello, I would like to order: Chocolate cake (C-1)", ("Chocolate cake", 1, 7500)),
        ("[24/11/2026, 9:15 pm] Noura: 2 date cake", ("Date cake", 2, 5000)),
        ("أبغى ٢ كيكة شوكولاتة لو سمحت", ("كيكة شوكولاتة", 2, 8000)),
        ("I'd like 2 date cake", ("Date cake", 2, 5000)),
        ("5 Balloons 12", ("Balloons", 5, 1200)),
        ("2 × Balloons: 30 AED", ("Balloons", 2, 1500)),
        ("2 cake", ("cake", 2, None)),  # of three kinds
    ],
)
def test_a_line_of_a_list(bakery, line, expected):
    assert lines(read(bakery, line)) == [expected]


def test_words_that_follow_an_item_stay_with_it(bakery):
    lines = read(bakery, "1 chocolate cake no sugar\n1 chocolate cake please").lines
    assert [(line.name, line.note) for line in lines] == [("Chocolate cake", "no sugar"), ("Chocolate cake", "")]


def test_when_and_how_it_is_wanted_is_read_beside_the_things_and_kept(bakery):
    tomorrow = formats.today() + dt.timedelta(days=1)
    date = f"{tomorrow:%d/%m/%Y}"
    text = f"2 chocolate cake for {date} at 4 pm\nتوصيل\nوالشموع من فضلكم"
    found = read(bakery, text)
    assert lines(found) == [("Chocolate cake", 2, 7500)]
    assert (found.way, found.note) == ("delivery", "والشموع من فضلكم")
    assert dt.datetime.fromtimestamp(found.due_at, dt.UTC) == dt.datetime.combine(tomorrow, dt.time(16), dt.UTC)
    with bakery.reader() as session:
        kept = read_order(session, bakery.run(T, add_read_order, found, text))
    assert (kept.way, kept.due_at) == ("delivery", found.due_at)
    old = read(bakery, "[2/3/24, 9:41 pm] Noura: 2 chocolate cake\n[2/3/24, 9:42 pm] Noura: tomorrow at 4 pm")
    assert (old.due_at, old.note) == (None, "tomorrow at 4 pm")


def test_a_message_as_one_talks_is_read_where_it_says_something(bakery):
    text = "مساء الخير ابي كيكة شوكولاتة\nمع ٣ chocolate cake\nوكيكة شوكولاتة\nتوصيل لحي النرجس شارع ١٢\nباسم ام فهد"
    found = read(bakery, f"{text}\nجوالي ٠٥٠١٢٣٤٥٦٧")
    assert [(line.product_id, line.quantity) for line in found.lines] == [(2, 1), (1, 3), (2, 1)]
    assert (found.name, found.phone, found.way) == ("ام فهد", "971501234567", "delivery")
    assert (found.address, found.note) == ("حي النرجس شارع ١٢", "")


def test_an_item_is_known_by_its_whole_name_and_a_link_holds_nobodys_phone(bakery):
    found = read(bakery, "date cake without any nuts and sugar × 2\nhttps://wa.me/p/123/966501234567")
    assert [(line.name, line.quantity, line.note) for line in found.lines] == [
        ("Date cake", 2, "without any nuts and sugar")
    ]
    assert found.phone == ""


def test_who_wrote_a_copied_message_ordered(bakery):
    chat = "[10:32 ص، 23/11/2026] {sender}: السلام عليكم\n[10:33 ص، 23/11/2026] {sender}: 2 date cake"
    found = [read(bakery, chat.format(sender=sender)) for sender in ("أم خالد", "\u202a+971\xa050 777 8899\u202c")]
    assert [lines(one) for one in found] == [[("Date cake", 2, 5000)]] * 2
    assert [(one.name, one.phone, one.note) for one in found] == [("أم خالد", "", ""), ("", "971507778899", "")]
    two = read(bakery, "[23/11/2026, 9:15 pm] Noura: 2 date cake\n[23/11/2026, 9:16 pm] Huda: 1 date cake")
    assert (two.name, two.phone) == ("", "")


def test_a_link_to_an_item_is_that_item(bakery):
    def give_links(session):
        for product, number in ((1, "6194123456789"), (3, "24681357")):
            read_product(session, product).whatsapp_id = number

    bakery.run(T, give_links)
    cake, cups = "https://wa.me/p/6194123456789/971501234567", "wa.me/p/24681357"
    found = read(bakery, f"ابي {cake} عدد 2\n{cups} Large, 3 {cake} بدون سكر\nhttps://wa.me/p/99/971501234567")
    assert [(*line, one.note) for line, one in zip(lines(found), found.lines, strict=True)] == [
        ("Chocolate cake", 2, 7500, ""),
        ("Cupcakes (Large)", 1, 6000, ""),
        ("Chocolate cake", 3, 7500, "بدون سكر"),
    ]
    assert (found.lines[2].said, found.phone) == (f"3 {cake} بدون سكر", "")
    assert found.note == "https://wa.me/p/99/971501234567", "an item of nobody here is a note"
    both = read(bakery, f"{cake} {cups} tomorrow at 4 pm")
    assert (both.lines[0].name, both.lines[0].note, both.due_at is None) == ("Chocolate cake", cups, False)
    assert lines(read(bakery, f"2 x Chocolate cake\n{cake}")) == [("Chocolate cake", 2, 7500)]
    assert lines(read(bakery, f"Chocolate cake:\n{cake}")) == [("Chocolate cake", 1, 7500)]


def test_an_item_named_after_a_day_is_that_item(bakery):
    bakery.run(T, add_product, "Friday box", price=9000)
    found = read(bakery, "2 Friday box")
    assert (lines(found), found.due_at) == ([("Friday box", 2, 9000)], None)


@pytest.mark.parametrize(
    "text",
    ["2 chocolate cake and 3 كيكة شوكولاتة", "2 chocolate cake, 3 كيكة شوكولاتة", "و٢ chocolate cake و٣ كيكة شوكولاتة"],
)
def test_several_things_in_one_line(bakery, text):
    assert lines(read(bakery, text)) == [("Chocolate cake", 2, 7500), ("كيكة شوكولاتة", 3, 8000)]


def test_a_small_number_behind_an_item_is_how_many(bakery):
    assert lines(read(bakery, "كيكة شوكولاتة ٢")) == [("كيكة شوكولاتة", 2, 8000)]


def test_another_price_than_the_catalogs_is_told(bakery):
    (line,) = read(bakery, "Chocolate cake 80").lines
    assert (line.price, "80" in line.remark, "75" in line.remark) == (7500, True, True)


def test_who_and_where_are_read_and_the_rest_is_a_note(bakery):
    text = "السلام عليكم\nالاسم: نورة\nالعنوان: شارع الكورنيش\n0501234567\n٢ كيكة شوكولاتة\nأحتاجها يوم الجمعة"
    found = read(bakery, text)
    assert (found.name, found.address, found.phone) == ("نورة", "شارع الكورنيش", "971501234567")
    assert found.note == "أحتاجها يوم الجمعة"
    order = bakery.run(T, add_read_order, found, text)
    with bakery.reader() as session:
        kept = read_order(session, order)
        assert (kept.customer_id, kept.name, kept.way, kept.source) == (1, "نورة", "delivery", text)
        assert [(line.product_id, line.quantity) for line in kept.lines] == [(2, 2)]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_the_shop_wrote_itself_is_read_back(bakery, language):
    order = bakery.run(T, add_read_order, read(bakery, "2 chocolate cake\n1 Cupcakes (Large)\n3 Balloons 12"))
    with speaking(language), bakery.reader() as session:
        text = order_message(session, order, "confirmation").text
    first = [line for line in lines(read(bakery, text)) if "Bakery" not in line[0]]
    assert first == [("Chocolate cake", 2, 7500), ("Cupcakes (Large)", 1, 6000), ("Balloons", 3, 1200)]


ODD = (
    st.text(alphabet=st.sampled_from("2٢x×:–-()*#+ \n\u2067\u202eكيكة cake75.,\0\ud800/%'\"_"), max_size=120)
    | st.text()
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ODD)
def test_whatever_is_pasted_is_read(bakery, text):
    found = read(bakery, text)
    assert all(line.name and line.quantity >= 1 for line in found.lines)


def test_of_very_many_lines_the_rest_is_a_note(bakery, monkeypatch):
    monkeypatch.setattr(order_reading, "THINGS", 3)
    found = read(bakery, "2 x nothing of the sort\n" * 2000)
    assert (len(found.lines), len(found.note) > 10_000) == (3, True)
