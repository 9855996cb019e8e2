"""What the phone should hold: the shop's texts as it can hold them, finished, in its order and within its limits."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from desktop.data.models import (
    AutomaticMessage,
    Collection,
    CollectionItem,
    Label,
    PhoneCopy,
    Picture,
    Product,
    Profile,
    Reply,
    ReplyPart,
    ReplyUse,
)
from desktop.i18n import _, bidi, formats, is_rtl, ngettext, speaking
from desktop.services.automatic import KINDS
from desktop.services.catalog import read_products
from desktop.services.hours import read_schedule
from desktop.services.hours_text import ordered_weekdays, week_text
from desktop.services.labels import with_room
from desktop.services.limits import limit
from desktop.services.links import catalog_link
from desktop.services.opening import ONE_DAY, WEEKDAYS, Schedule, Span
from desktop.services.phone_automatic import phone_options
from desktop.services.phone_fields import FIELDS, ON, hours_as_text, items_as_text, price_as_text
from desktop.services.placeholders import KEYS, Filled, fill, label
from desktop.services.profile import read_profile
from desktop.services.replies import split_keywords
from desktop.services.reply_parts import WORDS
from desktop.services.share import customers_language, price_answer

Held = Mapping[str, AbstractSet[int]]


class Thing(NamedTuple):
    """A row of the shop as the phone should hold it: its texts by field, in the order in which they are typed there.

    `note` is what to know about its text. `only_here` says why the phone does not hold it, "" where it does.
    `row_id` is the row's, of hours the weekday (0 is Monday), and 0 for a number of rows told as one.
    """

    model: str
    row_id: int
    name: str
    texts: Mapping[str, str]
    note: str = ""
    only_here: str = ""


def things(session: Session, today: dt.date, held: Held) -> Iterator[Thing]:
    """Return all that the phone should hold, in the order in which a new one is filled, and what is only here.

    `held` are the rows that are on the phone, by table: where there is no room for all, these keep theirs.
    """
    profile = read_profile(session)
    schedule = read_schedule(session)
    yield _profile(profile)
    yield from _hours(schedule, today, held)
    there = held.get("product", frozenset())
    items = _item_rows_there(session, there)
    yield from _items(session, profile.currency, items)
    yield from _collections(session, [row.id for row in items], held.get("collection", frozenset()))
    with speaking(customers_language(profile)):
        values = _standing_values(profile, schedule)
        replies, automatic = filled_replies(session, profile, values), _filled_automatic(session, values)
    yield from _replies(replies, held.get("reply", frozenset()))
    yield from _labels(session, held.get("label", frozenset()))
    yield from _automatic(session, automatic, today, held.get("automatic_message", frozenset()))


def item_things(session: Session, ids: Sequence[int]) -> Iterator[Thing]:
    """Return these items alone as the phone should hold them, or why it does not."""
    rows = {row.id: row for row in item_rows(session, Product.id.in_(ids), len(ids))}
    there = select(PhoneCopy.row_id).where(PhoneCopy.model == "product")
    held = set(session.scalars(there.where(PhoneCopy.row_id.in_(ids))))
    room, full = limit("catalog.items"), ""
    if (session.scalar(select(func.count()).select_from(Product)) or 0) > room:
        full = _full_of_items()
        room -= session.scalar(select(func.count()).where(Product.id.in_(there))) or 0
    for thing in items_of(session, read_profile(session).currency, list(rows.values())):
        if full and thing.row_id not in held:
            row = rows[thing.row_id]
            before = tuple_(Product.position, Product.id) < tuple_(row.position, row.id)
            query = select(Product.id).where(before, Product.id.not_in(there)).order_by(Product.position, Product.id)
            if room <= 0 or session.scalar(query.offset(room - 1).limit(1)):
                thing = thing._replace(only_here=full)
        yield thing


def reply_things(session: Session, held: AbstractSet[int]) -> Iterator[Thing]:
    """Return the replies alone as the phone should hold them; `held` are those that are there."""
    profile = read_profile(session)
    with speaking(customers_language(profile)):
        replies = filled_replies(session, profile, _standing_values(profile, read_schedule(session)))
    yield from _replies(replies, held)


def automatic_things(session: Session, today: dt.date, held: AbstractSet[int]) -> Iterator[Thing]:
    """Return the automatic messages alone as the phone should hold them; `held` are those that are there."""
    profile = read_profile(session)
    with speaking(customers_language(profile)):
        messages = _filled_automatic(session, _standing_values(profile, read_schedule(session)))
    yield from _automatic(session, messages, today, held)


def _profile(profile: Profile) -> Thing:
    names = [field for model, field in FIELDS if model == "profile"]
    texts = {name: getattr(profile, name, None) or "" for name in names}
    texts["place"] = f"{profile.latitude}, {profile.longitude}" if profile.latitude else profile.map_link
    return Thing("profile", profile.id, "", texts)


# Hours


def _hours(schedule: Schedule, today: dt.date, held: Held) -> Iterator[Thing]:
    """Return the phone's week: while a stretch of special hours holds, that of the days that are left of it.

    The phone knows no dates: what is written for a weekday holds for all of them.
    """
    coming = [stretch for stretch in schedule.stretches if stretch.last >= today]
    running = [stretch for stretch in coming if stretch.first <= today]
    last = max((stretch.last for stretch in running), default=today - ONE_DAY)
    if schedule.week or running or held.get("hours"):
        note = ""
        if running:
            note = _("These are the hours of {name}, until {day}.").format(
                name=formats.listing(stretch.name for stretch in running), day=formats.date(last, today=today)
            )
        dates = {day.weekday(): day for day in (today + n * ONE_DAY for n in WEEKDAYS)}
        for weekday in ordered_weekdays(formats.settings().territory):
            special = dates[weekday] <= last
            spans = schedule.hours_on(dates[weekday]) if special else _usual(schedule, weekday)
            yield Thing("hours", weekday, "", {"hours": hours_as_text(spans)}, note if special else _crowded(spans))
    why = _("The phone has no special hours: change its hours by hand when these begin and when they end.")
    for stretch in coming:
        days = f"{stretch.first.isoformat()}/{stretch.last.isoformat()}"
        yield Thing("overlay", stretch.id, stretch.name, {"days": days}, only_here=why)


def _usual(schedule: Schedule, weekday: int) -> Sequence[Span]:
    return [span for span in schedule.week if span.weekday == weekday]


def _crowded(spans: Sequence[Span]) -> str:
    most = limit("profile.hours_a_day")
    if len(spans) <= most:
        return ""
    sentence = ngettext("The phone takes {n} range a day.", "The phone takes {n} ranges a day.", most)
    return sentence.format(n=formats.number(most))


# Items


def _item_rows_there(session: Session, held: AbstractSet[int]) -> list[Any]:
    """Return the items of the phone: those that are there, and those that still find room; in the owner's order."""
    room = limit("catalog.items")
    there = select(PhoneCopy.row_id).where(PhoneCopy.model == "product")
    rows = item_rows(session, Product.id.in_(there), len(held)) if held else []
    if len(rows) < room:
        rows += item_rows(session, Product.id.not_in(there), room - len(rows))
    return sorted(rows, key=lambda row: (row.position, row.id))


def _items(session: Session, currency: str, rows: list[Any]) -> Iterator[Thing]:
    """Return the items of the phone, and the rest as one."""
    yield from items_of(session, currency, rows)
    rest = (session.scalar(select(func.count()).select_from(Product)) or 0) - len(rows)
    if rest:
        name = ngettext("{n} more item", "{n} more items", rest).format(n=formats.number(rest))
        yield Thing("product", 0, name, {"name": ""}, only_here=_full_of_items())


def _full_of_items() -> str:
    why = _("The phone has room for {n} items. Those that are there stay, and the first of the catalog come next.")
    return why.format(n=formats.number(limit("catalog.items")))


def items_of(session: Session, currency: str, rows: list[Any]) -> Iterator[Thing]:
    """Return items, read by `item_rows`, as the phone should hold them; `currency` is the shop's."""
    pictures = _pictures(session, [row.id for row in rows])
    for row in rows:
        money = row.currency or currency
        texts = {
            "pictures": pictures.get(row.id, ""),
            "name": row.name,
            "price": price_as_text(row.price, money),
            "sale_price": price_as_text(row.sale_price, money),
            "description": row.description,
            "link": row.link,
            "code": row.code,
            "hidden": ON if row.hidden else "",
        }
        yield Thing("product", row.id, row.name, texts)


def _collections(session: Session, items: Sequence[int], held: AbstractSet[int]) -> Iterator[Thing]:
    """Return the collections with those of their items that are on the phone; one without any can wait."""
    columns = (CollectionItem.collection_id, CollectionItem.product_id, Product.name)
    query = select(*columns).join(Product, Product.id == CollectionItem.product_id)
    query = query.where(CollectionItem.product_id.in_(items)).order_by(CollectionItem.position, CollectionItem.id)
    members: dict[int, list[tuple[int, str]]] = {}
    for group, item, name in session.execute(query):
        members.setdefault(group, []).append((item, name))
    for row in session.execute(select(Collection.id, Collection.name).order_by(Collection.position, Collection.id)):
        if row.id in members or row.id in held:
            texts = {"name": row.name, "items": items_as_text(members.get(row.id, []))}
            yield Thing("collection", row.id, row.name, texts)


def item_rows(session: Session, which: ColumnElement[bool], most: int) -> list[Any]:
    """Return the first of the items that meet a condition, in the owner's order, with what the phone has of each."""
    columns = (Product.id, Product.position, Product.name, Product.price, Product.sale_price, Product.currency)
    query = select(*columns, Product.description, Product.link, Product.code, Product.hidden).where(which)
    return list(session.execute(query.order_by(Product.position, Product.id).limit(most)))


def _pictures(session: Session, ids: list[int]) -> dict[int, str]:
    """Return for each item how many pictures it has and a digest of them: "3 9f2c…"."""
    query = select(Picture.product_id, Picture.sha256, Picture.url).where(Picture.product_id.in_(ids))
    rows = session.execute(query.order_by(Picture.product_id, Picture.position, Picture.id))
    found = {}
    for product, group in groupby(rows, key=lambda row: row.product_id):
        names = [row.sha256 or row.url for row in group]
        found[product] = f"{len(names)} {hashlib.sha256(' '.join(names).encode()).hexdigest()[:16]}"
    return found


# Texts with placeholders


class FilledReply(NamedTuple):
    """A reply as the phone can hold it: its own text, whether placeholders were filled in, and its further fields.

    `kept` says in sentences which of its parts the phone cannot have.
    """

    id: int
    shortcut: str
    filled: Filled
    changed: bool
    fields: Mapping[str, str]
    kept: Sequence[str] = ()


def _standing_values(profile: Profile, schedule: Schedule) -> dict[str, str]:
    """Return the placeholders that mean the same every day, for every customer: the others the phone cannot fill."""
    return {
        "shop": profile.name,
        "address": profile.address,
        "map_link": profile.map_link,
        "catalog_link": catalog_link(profile.phone) if profile.phone else "",
        "hours_week": bidi.strip(week_text(schedule.week, profile.territory)),
    }


def filled_replies(session: Session, profile: Profile, values: Mapping[str, str]) -> list[FilledReply]:
    """Return every reply, the one used most first."""
    columns = (Reply.id, Reply.shortcut, Reply.text, Reply.keywords)
    query = select(*columns).outerjoin(ReplyUse, ReplyUse.reply_id == Reply.id)
    query = query.order_by(func.coalesce(ReplyUse.uses, 0).desc(), Reply.position, Reply.id)
    parts = _parts(session, profile, values)
    found = []
    for row in session.execute(query):
        fields, kept = parts.get(row.id, ({}, ()))
        keywords = ", ".join(split_keywords(row.keywords)[: limit("reply.keywords")]) if row.keywords else ""
        named = {"shortcut": row.shortcut, "keywords": keywords}
        found.append(FilledReply(row.id, row.shortcut, *_finish(row.text, values), {**named, **fields}, kept))
    return found


def _parts(
    session: Session, profile: Profile, values: Mapping[str, str]
) -> dict[int, tuple[dict[str, str], list[str]]]:
    """Return of each reply that has parts their fields and, in sentences, what the phone cannot have of them."""
    rows = session.scalars(select(ReplyPart).order_by(ReplyPart.reply_id, ReplyPart.position, ReplyPart.id)).all()
    products = {row.product_id for row in rows if row.kind == "item" and row.product_id is not None}
    items = {product.id: product for product in read_products(session, sorted(products))} if products else {}
    found: dict[int, tuple[dict[str, str], list[str]]] = {}
    for row in rows:
        fields, kept = found.setdefault(row.reply_id, ({}, []))
        match row.kind:
            case "picture":
                fields[f"picture:{row.id}"] = row.sha256 or ""
            case "pdf":
                fields[f"file:{row.id}"] = row.name
            case "item":  # without one of its own it is whichever they ask about, which the phone cannot know
                item = items.get(row.product_id or 0)
                fields[f"message:{row.id}"] = price_answer(item, profile) if item else ""
            case "location" | "catalog":
                fields[f"message:{row.id}"] = values[WORDS[row.kind].strip("{}")]
            case _:
                filled, _changed = _finish(row.text, values)
                fields[f"message:{row.id}"] = "" if filled.missing else filled.text
                kept += [_cannot_fill(filled)] if filled.missing else []
    return found


def _filled_automatic(session: Session, values: Mapping[str, str]) -> list[tuple[AutomaticMessage, Filled, bool]]:
    rows = sorted(session.scalars(select(AutomaticMessage)), key=lambda row: KINDS.index(row.kind))
    return [(row, *_finish(row.text, values)) for row in rows]


def _finish(template: str, values: Mapping[str, str]) -> tuple[Filled, bool]:
    """Return the text that is written on the phone, and whether it differs from what stands here."""
    if "{" not in template:  # most are
        return Filled(template, [], []), False
    filled = fill(template, values)
    return filled, filled.text != template


def _remark(filled: Filled, changed: bool) -> str:
    told = filled.puzzles
    if changed:
        told.append(
            _("This text stays on the phone until you change it there: the phone cannot fill in anything by itself.")
        )
    return "\n".join(told)  # one below the other: not in every language does a sentence end in a stop


def _cannot_fill(filled: Filled) -> str:
    """Say which placeholders keep a text from the phone, "" if none do."""
    if not filled.missing:
        return ""
    names = formats.listing(label(key) for key in filled.missing)
    # TRANSLATORS: {names} are placeholders such as Customer or Date, {example} is one with what to use instead.
    sentence = _("The phone cannot fill in {names}. With words to use instead, as in {example}, this can be copied.")
    known = KEYS[0]
    example = known.alias if is_rtl() else known.key
    return sentence.format(names=names, example=bidi.isolate(f"{{{example}|…}}"))


def _replies(replies: list[FilledReply], held: AbstractSet[int]) -> Iterator[Thing]:
    most = limit("reply.replies")
    room = max(0, most - sum(reply.id in held for reply in replies))
    full = _("The phone has room for {n} quick replies. Those that are there stay, and the most used come next.")
    full = full.format(n=formats.number(most))
    for row_id, shortcut, filled, changed, fields, kept in replies:
        written = bool(filled.text) or any(text for field, text in fields.items() if ":" in field)
        only_here = _cannot_fill(filled)
        if not only_here and row_id not in held and written:
            only_here = "" if room else full
            room = max(0, room - 1)
        if written or row_id in held:
            note = "\n".join(filter(None, (_remark(filled, changed), *kept)))
            yield Thing("reply", row_id, shortcut, {"text": filled.text, **fields}, note, only_here)


def _automatic(
    session: Session, messages: list[tuple[AutomaticMessage, Filled, bool]], today: dt.date, held: AbstractSet[int]
) -> Iterator[Thing]:
    """Return the greeting and the away message; one that is turned off, and is not there yet, can wait."""
    for row, filled, changed in messages:
        if row.enabled or row.id in held:
            options = phone_options(session, row, today)
            texts = {
                "text": filled.text,
                "on": ON if row.enabled else "",
                "when": options.when,
                "recipients": options.recipients,
            }
            note = "\n".join(filter(None, (_remark(filled, changed), *options.kept)))
            yield Thing("automatic_message", row.id, row.kind, texts, note, _cannot_fill(filled) or options.only_here)


def _labels(session: Session, held: AbstractSet[int]) -> Iterator[Thing]:
    rows = session.execute(select(Label.id, Label.name, Label.colour).order_by(Label.position, Label.id)).all()
    fitting = with_room([row.id for row in rows], held)
    full = _("The phone has room for {n} labels. Those that are there stay, and the first of the list come next.")
    full = full.format(n=formats.number(limit("label.labels")))
    for row in rows:
        texts = {"name": row.name, "colour": str(row.colour)}
        yield Thing("label", row.id, row.name, texts, only_here="" if row.id in fitting else full)
