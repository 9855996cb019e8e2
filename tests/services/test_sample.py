"""The sample shops: their files, which have to be right, and the shops made of them."""

import json
import re
from functools import cache

import pytest
from sqlalchemy import select

from desktop.data.database import Database
from desktop.data.models import Blob, Customer, CustomerLabel, Overlay, OverlayHours, Picture, Product, Reply, Variant
from desktop.i18n import LANGUAGES, colours, formats, numbers
from desktop.resources import resource
from desktop.services import limits
from desktop.services.automatic import KINDS, RECIPIENTS, list_automatic
from desktop.services.bookings import warnings
from desktop.services.catalog import AVAILABILITIES, find_products, read_products
from desktop.services.collections import list_collections
from desktop.services.customers import find_customers
from desktop.services.due import letter, list_due
from desktop.services.hours import read_hours
from desktop.services.labels import list_labels
from desktop.services.messages import FILLED
from desktop.services.opening import DAY
from desktop.services.order_list import list_orders
from desktop.services.overlays import BY_KEY
from desktop.services.phones import parse_phone
from desktop.services.placeholders import find
from desktop.services.profile import CATEGORIES, missing, read_profile
from desktop.services.sample import DAYS, SAMPLES, SCHEDULES, create_sample, read_sample
from desktop.services.where import count_terms

ARABIC = re.compile("[\u0600-\u06ff]")


@pytest.fixture(params=SAMPLES)
def sample(request):
    return request.param


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def shop(sample):
    return read_sample(sample)


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A function that returns the path of a sample shop, made once."""
    folder = tmp_path_factory.mktemp("samples")

    @cache
    def make(sample, language):
        path = folder / f"{sample}-{language}.dukkan"
        create_sample(path, sample, language)
        return path

    return make


@pytest.fixture
def session(made, sample, language):
    database = Database(made(sample, language), read_only=True)
    with database.reader() as session:
        yield session
    database.close()


def texts(table, path=""):
    """Yield every text in a table that is there in several languages, with where it stands."""
    if isinstance(table, dict):
        if table.keys() & LANGUAGES.keys():
            yield path, table
        else:
            for key, value in table.items():
                yield from texts(value, f"{path}.{key}")
    elif isinstance(table, list):
        for number, value in enumerate(table):
            yield from texts(value, f"{path}.{number}")


# The files


def test_every_text_is_there_in_both_languages(shop):
    found = list(texts(shop))
    assert len(found) > 100
    for path, text in found:
        assert text.keys() == LANGUAGES.keys(), path
        for words in text.values():
            assert words, path
            assert all(word == word.strip() and word for word in (words if isinstance(words, list) else [words])), path
        assert not ARABIC.search(re.sub(r"{.*?}", "", str(text["en"]))), path


def test_what_should_be_unique_is(shop):
    codes = [item["code"] for item in shop["item"]]
    codes += [variant["code"] for item in shop["item"] for variant in item.get("variants", [])]
    assert len(codes) == len(set(codes))
    for table in ("collection", "label"):
        keys = [row["key"] for row in shop[table]]
        assert len(keys) == len(set(keys))
    for language in LANGUAGES:
        shortcuts = [reply["shortcut"][language].casefold() for reply in shop["reply"]]
        assert len(shortcuts) == len(set(shortcuts))
    phones = [person["phone"] for person in shop["customer"] if "phone" in person]
    assert len(phones) == len(set(phones))


def test_what_is_named_is_there_and_used(shop):
    groups = {group["key"] for group in shop["collection"]}
    assert {key for item in shop["item"] for key in item["collections"]} == groups
    labels = {label["key"] for label in shop["label"]}
    assert {key for person in shop["customer"] for key in person.get("labels", [])} <= labels
    for item in shop["item"]:
        assert {variant["picture"] for variant in item.get("variants", []) if "picture" in variant} <= set(
            item["pictures"]
        )


def test_every_picture_is_there_and_used(shop, sample):
    used = {shop["profile"]["logo"], *(name for item in shop["item"] for name in item["pictures"])}
    there = {path.name for path in resource(f"samples/{sample}/pictures").iterdir()}
    assert used == there
    for item in shop["item"]:
        assert 1 <= len(item["pictures"]) <= limits.limit("catalog.pictures")


def test_prices_and_sales(shop):
    currency = shop["currency"]
    for item in shop["item"]:
        price = numbers.parse_money(item["price"], currency)
        assert price > 0
        assert 0 < numbers.parse_money(item.get("sale_price", "0.01"), currency) < price
    assert any("sale_price" in item for item in shop["item"])


def test_nothing_is_longer_than_the_phone_takes(shop):
    profile = shop["profile"]
    rows = [("profile.name", profile["name"]), ("profile.about", profile["about"])]
    rows += [("profile.description", profile["description"]), ("profile.address", profile["address"])]
    rows += [("catalog.name", item["name"]) for item in shop["item"]]
    rows += [("catalog.description", item["description"]) for item in shop["item"]]
    rows += [("label.name", label["name"]) for label in shop["label"]]
    rows += [("reply.shortcut", reply["shortcut"]) for reply in shop["reply"]]
    for key, text in rows:
        for words in text.values():
            assert limits.measure(key, words).state != "over", words
    for reply in shop["reply"]:
        for words in reply.get("keywords", {}).values():
            assert len(words) <= limits.limit("reply.keywords")
            assert all(limits.measure("reply.keyword", word).state != "over" for word in words), words
    for key, table in (("catalog.items", "item"), ("label.labels", "label"), ("reply.replies", "reply")):
        assert len(shop[table]) <= limits.limit(key)
    assert len(profile["websites"]) <= 2  # website and website2


def test_every_placeholder_means_something(shop):
    messages = [reply["message"] for reply in shop["reply"]] + [shop[kind]["message"] for kind in KINDS]
    found = [span for message in messages for text in message.values() for span in find(text)]
    assert found
    assert {span.name for span in found if span.key not in FILLED} == set(), "filled in today, not some day"
    for message in messages:
        keys = [sorted(span.key for span in find(text)) for text in message.values()]
        assert keys[0] == keys[1], message


def test_hours_are_hours(shop):
    for week in (shop["hours"], *shop.get("special_hours", [])):
        for day in DAYS:
            for text in week.get(day, []):
                assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", text)
    assert set(shop["hours"]) == set(DAYS)


def test_people_and_addresses_are_made_up(shop):
    for address in (shop["profile"]["email"], *shop["profile"]["websites"]):
        assert re.search(r"\.example\.com(/|$)", address)
    for person in [shop["profile"], *(person for person in shop["customer"] if "phone" in person)]:
        assert parse_phone("+" + person["phone"], shop["territory"]) == person["phone"]
    assert any("phone" not in person for person in shop["customer"])


def test_choices_are_of_those_there_are(shop):
    assert shop["profile"]["category"] in CATEGORIES
    assert all(0 <= label["colour"] < colours.COUNT for label in shop["label"])
    for kind in KINDS:
        assert shop[kind]["recipients"] in RECIPIENTS
        assert shop[kind].get("schedule", "always") in SCHEDULES


# The shops


def test_the_profile_is_complete(session, shop, language):
    profile = read_profile(session)
    assert missing(session) == []
    assert (profile.name, profile.language) == (shop["profile"]["name"][language], language)
    assert (profile.phone, profile.territory) == (shop["profile"]["phone"], shop["territory"])
    assert str(shop["profile"]["location"]["latitude"]) in profile.map_link
    assert session.get(Blob, profile.logo).width == 1000


def test_items_come_in_their_order_with_all_they_have(session, shop, language):
    products = read_products(session, find_products(session))
    assert [product.code for product in products] == [item["code"] for item in shop["item"]]
    assert [product.name for product in products] == [item["name"][language] for item in shop["item"]]
    groups = {group.name: group.items for group in list_collections(session)}
    for group in shop["collection"]:
        assert groups[group["name"][language]] == sum(group["key"] in item["collections"] for item in shop["item"])
    for product, item in zip(products, shop["item"], strict=True):
        assert [len(product.pictures), len(product.variants)] == [len(item["pictures"]), len(item.get("variants", []))]
        assert product.hidden == item.get("hidden", False)
        assert (product.availability == AVAILABILITIES[0]) == item.get("available", True)
        assert (product.sale_price is None) == ("sale_price" not in item)
    assert count_terms(session, ["hidden"])["hidden"] > 0
    assert any(product.availability == AVAILABILITIES[1] for product in products)


def test_variants_name_their_option_and_picture(session):
    blobs = set(session.scalars(select(Blob.sha256)))
    variants = list(session.scalars(select(Variant)))
    for variant in variants:
        assert len(json.loads(variant.options)) == 1
        assert variant.picture is None or variant.picture in blobs
    assert set(session.scalars(select(Picture.sha256))) <= blobs


def test_everything_else_is_there(session, shop, language):
    replies = {reply.shortcut: reply for reply in session.scalars(select(Reply))}
    assert replies.keys() == {reply["shortcut"][language] for reply in shop["reply"]}
    assert [label.name for label in list_labels(session)] == [label["name"][language] for label in shop["label"]]
    assert len(find_customers(session)) == len(shop["customer"])
    labelled = sum(len(person.get("labels", [])) for person in shop["customer"])
    assert len(list(session.scalars(select(CustomerLabel)))) == labelled
    assert {person.language for person in session.scalars(select(Customer))} == {language}
    orders = list_orders(session)
    assert len(orders) == len(shop["order"])
    assert {"today", "tomorrow", "over"} <= {order.section for order in orders}
    assert all(order.customer_id and order.total > 0 and not order.unpriced for order in orders)
    follow_ups = list_due(session)
    assert len(follow_ups) == len(shop["follow_up"])
    assert {"overdue", "soon"} <= {row.group for row in follow_ups}
    for row in follow_ups:
        assert row.customer_id
        assert not letter(session, row.id).filled.sentences
        assert not warnings(session, row.id)  # a booking within the hours
    messages = list_automatic(session)
    for kind in KINDS:
        assert messages[kind].text == shop[kind]["message"][language]
        assert messages[kind].enabled == shop[kind]["on"]
    assert messages["away"].schedule == SCHEDULES[shop["away"]["schedule"]]


def test_hours_are_read_as_minutes(session, shop):
    spans = read_hours(session)
    assert len(spans) == sum(len(shop["hours"].get(day, [])) for day in DAYS)
    for span in spans:
        assert 0 <= span.opens < DAY
        assert span.opens < span.closes <= span.opens + DAY
    overlays = list(session.scalars(select(Overlay)))
    assert [overlay.kind for overlay in overlays] == [row["kind"] for row in shop["special_hours"]] == ["ramadan"]
    coming = next(BY_KEY["ramadan"].coming(formats.today()))
    assert (overlays[0].starts, overlays[0].ends) == (coming.first.isoformat(), coming.last.isoformat())
    assert list(session.scalars(select(OverlayHours)))


def test_everything_is_found_by_its_name(session, shop, language):
    for item in shop["item"][:5]:
        (found, *_rest) = read_products(session, find_products(session, item["name"][language]))
        assert found.code == item["code"]


def test_there_is_nothing_to_undo_and_nothing_wrong(made, sample, language):
    path = made(sample, language)
    database = Database(path)
    assert database.next_title() is None
    assert database.problems() == []
    database.close()
    assert path.stat().st_size < 8_000_000


def test_a_sample_under_another_name(tmp_path, made):
    path = tmp_path / "mine.dukkan"
    create_sample(path, "bakery", "en", name="My bakery", phone="+966500000000", currency="SAR")
    database = Database(path)
    with database.reader() as session:
        profile = read_profile(session)
        assert (profile.name, profile.phone) == ("My bakery", "966500000000")
        assert session.scalar(select(Product.name).limit(1))
    database.close()
    with pytest.raises(FileExistsError):
        create_sample(path, "bakery")
    with pytest.raises(KeyError):
        create_sample(tmp_path / "zoo.dukkan", "zoo")
    assert sorted(file.name for file in tmp_path.iterdir() if not file.name.startswith(".")) == ["mine.dukkan"]
