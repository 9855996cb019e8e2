"""The sample shops: written for this project, to look around in before there is a shop of one's own."""

import datetime as dt
import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import Customer, Product, Variant, now
from desktop.data.position import after
from desktop.i18n import formats, numbers
from desktop.resources import resource
from desktop.services.automatic import set_automatic
from desktop.services.catalog import add_product, note, read_product
from desktop.services.collections import add_collection, put_into
from desktop.services.customers import add_customer
from desktop.services.follow_ups import add_follow_up, set_after
from desktop.services.hours import add_stretch, set_hours, shop_zone
from desktop.services.labels import ROLES, add_label, put_label
from desktop.services.opening import DAY, Span
from desktop.services.order_due import due_moment
from desktop.services.orders import add_order
from desktop.services.overlays import BY_KEY
from desktop.services.pictures import add_pictures
from desktop.services.profile import set_picture, update_profile
from desktop.services.replies import add_reply
from desktop.services.shop import create_shop

if TYPE_CHECKING:
    from desktop.data.images import Image

SAMPLES = ("gifts", "bakery")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_SECONDS = 24 * 60 * 60
SCHEDULES = {"always": "always", "outside_hours": "closed"}


def create_sample(path: Path, sample: str = "gifts", language: str = "en", **profile: str) -> None:
    """Make the file of a sample shop, whose texts are in `language` ("ar" or "en").

    `profile` takes the place of its own name, phone and so on. Raises FileExistsError, and KeyError for no such sample.
    """
    shop = read_sample(sample)
    create_shop(path, partial(fill_sample, shop=shop, images=draw(sample, shop), language=language, profile=profile))


def read_sample(sample: str) -> dict[str, Any]:
    """Return what resources/samples/<sample>/shop.toml says; its first lines explain it."""
    if sample not in SAMPLES:
        raise KeyError(sample)
    with resource(f"samples/{sample}/shop.toml").open("rb") as file:
        return tomllib.load(file)


def draw(sample: str, shop: Mapping[str, Any]) -> "dict[str, Image]":
    """Return the pictures of a sample by the names of their files, drawn from what the project brings along."""
    from desktop.data.images import render_svg

    names = {shop["profile"]["logo"], *(name for item in shop["item"] for name in item["pictures"])}
    return {name: render_svg(resource(f"samples/{sample}/pictures/{name}"), 1000) for name in sorted(names)}


def fill_sample(
    session: Session, shop: Mapping[str, Any], images: "Mapping[str, Image]", language: str, profile: Mapping[str, str]
) -> None:
    """Write the rows of a sample into an empty shop."""
    _fill_profile(session, shop, images, language, profile)
    _fill_items(session, shop, images, language)
    for reply in shop["reply"]:
        words = ", ".join(reply.get("keywords", {}).get(language, []))
        add_reply(session, reply["shortcut"][language], reply["message"][language], keywords=words)
    _fill_people(session, shop, language)
    _fill_orders(session, shop, language)
    _fill_follow_ups(session, shop, language)
    for kind in ("greeting", "away"):
        message = shop[kind]
        schedule = SCHEDULES[message.get("schedule", "always")]
        fields = {"enabled": message["on"], "text": message["message"][language], "schedule": schedule}
        set_automatic(session, kind, recipients=message["recipients"], **fields)


def _fill_people(session: Session, shop: Mapping[str, Any], language: str) -> None:
    labels = {}
    for label in shop["label"]:
        role = label["key"] if label["key"] in ROLES else ""
        labels[label["key"]] = add_label(session, label["name"][language], label["colour"], role)
    for person in shop["customer"]:
        fields = {key: person[key] for key in ("username", "gender", "birthday", "saved") if key in person}
        fields |= {key: person[key][language] for key in ("company",) if key in person}
        for kind in ("consent", "stopped"):
            if said := person.get(kind):
                fields |= {f"{kind}_at": now() - said["days"] * DAY_SECONDS, f"{kind}_how": said["how"][language]}
        if "contact" in person:
            fields["last_contact_at"] = now() - person["contact"] * DAY_SECONDS
        fields["note"] = person.get("notes", {}).get(language, "")
        name, phone = person["name"][language], person.get("phone", "")
        customer = add_customer(session, name, phone, language=language, **fields)
        for key in person.get("labels", []):
            put_label(session, customer, labels[key])


def _fill_orders(session: Session, shop: Mapping[str, Any], language: str) -> None:
    """Add the orders, due as many days from today as they say."""
    zone, currency = shop_zone(shop["time_zone"]), shop["currency"]
    today = dt.datetime.now(zone).date()
    people = {customer.phone: customer.id for customer in session.scalars(select(Customer)) if customer.phone}
    codes: dict[str, tuple[int, int | None]] = {}
    codes |= {code: (product, None) for product, code in session.execute(select(Product.id, Product.code))}
    variants = select(Variant.code, Variant.product_id, Variant.id)
    codes |= {code: (product, variant) for code, product, variant in session.execute(variants)}
    for order in shop.get("order", []):
        hour, minute = map(int, order["time"].split(":"))
        due = due_moment(today + dt.timedelta(days=order["days"]), hour * 60 + minute, zone)
        amounts = {key: numbers.parse_money(order[key], currency) for key in ("deposit", "fee") if key in order}
        texts = {key: order[key][language] for key in ("address", "recipient", "card") if key in order}
        things = [(codes[item["code"]], item["n"]) for item in order["items"]]
        lines = [{"product_id": of[0], "variant_id": of[1], "quantity": n} for of, n in things]
        add_order(
            session,
            lines,
            customer_id=people[order["of"]],
            state=order.get("state", "new"),
            due_at=due,
            placed_at=min(due - 2 * 86_400, now() - 3_600),
            way="delivery" if "address" in order else "pickup",
            note=order.get("notes", {}).get(language, ""),
            **amounts,
            **texts,
        )


def _fill_follow_ups(session: Session, shop: Mapping[str, Any], language: str) -> None:
    """Add what is to be done, as many days from today as it says, or so long after something else."""
    zone = shop_zone(shop["time_zone"])
    today = dt.datetime.now(zone).date()
    people = {customer.phone: customer.id for customer in session.scalars(select(Customer)) if customer.phone}
    added: dict[str, int] = {}
    for one in shop.get("follow_up", []):
        kind = one.get("kind", "task")
        texts = {"title": one["title"][language], "text": one.get("message", {}).get(language, "")}
        if "after" in one:
            row = add_follow_up(session, kind, **texts)
            set_after(session, row, added[one["after"]], one["hours"] * 3_600)
        else:
            hour, minute = map(int, one["time"].split(":"))
            due = due_moment(today + dt.timedelta(days=one["days"]), hour * 60 + minute, zone)
            fields = {key: one[key] for key in ("minutes", "repeat") if key in one}
            row = add_follow_up(session, kind, due, customer_id=people[one["of"]], **texts, **fields)
        added[one.get("key", "")] = row


def _fill_profile(
    session: Session, shop: Mapping[str, Any], images: "Mapping[str, Image]", language: str, own: Mapping[str, str]
) -> None:
    given = shop["profile"]
    home = {"territory": shop["territory"], "currency": shop["currency"], "time_zone": shop["time_zone"]}
    texts = {key: given[key][language] for key in ("name", "about", "description", "address")}
    websites = dict(zip(("website", "website2"), given["websites"], strict=False))
    place = given["location"]
    map_link = f"https://www.google.com/maps/search/?api=1&query={place['latitude']},{place['longitude']}"
    rest = {"category": given["category"], "email": given["email"], "phone": f"+{given['phone']}", "map_link": map_link}
    update_profile(session, None, **{**home, "language": language, **texts, **websites, **rest, **own})
    set_picture(session, "logo", images[given["logo"]])
    set_hours(session, _week(shop["hours"]))
    for overlay in shop.get("special_hours", []):
        coming = next(BY_KEY[overlay["kind"]].coming(formats.today()))
        add_stretch(session, replace(coming, name=overlay["name"][language], spans=tuple(_week(overlay))))


def _fill_items(session: Session, shop: Mapping[str, Any], images: "Mapping[str, Image]", language: str) -> None:
    currency = shop["currency"]
    groups = {group["key"]: add_collection(session, group["name"][language]) for group in shop["collection"]}
    for item in shop["item"]:
        product = add_product(
            session,
            item["name"][language],
            code=item["code"],
            description=item["description"][language],
            price=numbers.parse_money(item["price"], currency),
            sale_price=numbers.parse_money(item["sale_price"], currency) if "sale_price" in item else None,
            hidden=item.get("hidden", False),
            availability="in stock" if item.get("available", True) else "out of stock",
        )
        add_pictures(session, product, [images[name] for name in item["pictures"]])
        for key in item["collections"]:
            put_into(session, product, groups[key])
        position = ""
        for variant in item.get("variants", []):
            position = after(position)
            options = json.dumps({variant["option"][language]: variant["value"][language]}, ensure_ascii=False)
            price = numbers.parse_money(variant["price"], currency) if "price" in variant else None
            picture = images[variant["picture"]].sha256 if "picture" in variant else None
            session.add(
                Variant(
                    product_id=product,
                    options=options,
                    code=variant["code"],
                    price=price,
                    picture=picture,
                    position=position,
                )
            )
        if "variants" in item:
            session.flush()
            note(session, read_product(session, product))  # its variants are found by their codes
    session.flush()


def _week(days: Mapping[str, Any]) -> list[Span]:
    """Return the spans of a week written as {"mon": ["10:00-13:00", …], …}; an end before its start is the next day."""
    spans = []
    for weekday, day in enumerate(DAYS):
        if days.get(day) == []:
            spans.append(Span(weekday, 0, 0, "closed"))
        for text in days.get(day, []):
            opens, closes = (int(part[:2]) * 60 + int(part[3:]) for part in text.split("-"))
            spans.append(Span(weekday, opens, closes if closes > opens else closes + DAY))
    return spans
