"""What is to be put right in the catalog: counted by its cause, in the owner's words, with one way to mend it all."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal, NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from desktop.data.many import Tell, among, silent, write_rows
from desktop.data.models import Product
from desktop.i18n import N_, _, formats, ngettext, speaking
from desktop.i18n.folding import keys
from desktop.services import bulk
from desktop.services.catalog import codes_after, next_code, shop_currency, taken_codes
from desktop.services.editing import clean, one_line
from desktop.services.errors import Invalid
from desktop.services.limits import limit
from desktop.services.links import catalog_link
from desktop.services.profile import read_profile
from desktop.services.share import customers_language
from desktop.services.web import web_address
from desktop.services.where import Search, conditions, find

Weight = Literal["refused", "missed", "tidy"]
Row = Mapping[str, Any]  # the id of an item, and the columns that get another value
FIRST_CODE = "ITEM-001"
EXAMPLES = 3
LINKS = ("no-link", "meta-link")


class Remedy(NamedTuple):
    """One way to mend all items of a kind. `title` names the action; `asks`, if anything, what has to be typed."""

    title: str
    asks: str
    plan: Callable[[Session, Sequence[int], str], Iterator[Row]]  # one row for each item that is changed


class Kind(NamedTuple):
    """A cause: what `services.where` calls its items, how much it weighs, and how it is mended."""

    terms: tuple[str, ...]
    weight: Weight
    remedy: Remedy | None = None


@dataclass(frozen=True)
class Problem:
    """A cause that `count` items have; `kind` is one of KINDS."""

    kind: str
    count: int

    @property
    def weight(self) -> Weight:
        """Whether the phone or Meta refuse it, customers miss something, or it is only untidy."""
        return KINDS[self.kind].weight

    @property
    def remedy(self) -> Remedy | None:
        """The one way to mend all of it, if there is one."""
        return KINDS[self.kind].remedy

    @property
    def search(self) -> Search:
        """What shows these items in the catalog."""
        return Search("", KINDS[self.kind].terms, "")

    @property
    def sentence(self) -> str:
        """What it is, with the number, in a few translated words."""
        n = self.count
        sentences = {
            "no-picture": ngettext("{n} item has no picture", "{n} items have no picture", n),
            "small-picture": ngettext("{n} item has a small picture", "{n} items have a small picture", n),
            "no-price": ngettext("{n} item has no price", "{n} items have no price", n),
            "duplicate-code": ngettext(
                "{n} item has a code that another one has", "{n} items have a code that another one has", n
            ),
            "sale-not-below": ngettext(
                "{n} sale price is not below the price", "{n} sale prices are not below the price", n
            ),
            "long-text": ngettext("{n} item has a text that is too long", "{n} items have a text that is too long", n),
            "long-code": ngettext("{n} item has a code that is too long", "{n} items have a code that is too long", n),
            "same-text": ngettext("{n} description only repeats the name", "{n} descriptions only repeat the name", n),
            "capitals": ngettext(
                "{n} description is all in capital letters", "{n} descriptions are all in capital letters", n
            ),
            "link-in-text": ngettext("{n} description has a link in it", "{n} descriptions have a link in them", n),
            "meta-link": ngettext(
                "{n} link leads to Facebook or Instagram", "{n} links lead to Facebook or Instagram", n
            ),
            "picture-format": ngettext(
                "{n} picture is neither JPEG nor PNG", "{n} pictures are neither JPEG nor PNG", n
            ),
            "many-pictures": ngettext(
                "{n} item has more pictures than Meta takes", "{n} items have more pictures than Meta takes", n
            ),
            "no-code": ngettext("{n} item has no code", "{n} items have no code", n),
            "no-description": ngettext("{n} item has no description", "{n} items have no description", n),
            "no-brand": ngettext("{n} item has no brand", "{n} items have no brand", n),
            "no-link": ngettext("{n} item has no link", "{n} items have no link", n),
            "sale-ended": ngettext("{n} sale is over", "{n} sales are over", n),
            "sold-out": ngettext("{n} item is out of stock and shown", "{n} items are out of stock and shown", n),
            "no-translation": ngettext("{n} item is not translated", "{n} items are not translated", n),
            "duplicate-name": ngettext(
                "{n} item has the name of another one", "{n} items have the name of another one", n
            ),
        }
        return sentences[self.kind].format(n=formats.number(n))

    @property
    def why(self) -> str:
        """What comes of it, in one translated sentence."""
        side = formats.number(limit("feed.image_side_at_least"))
        return _(WHY[self.kind]).format(
            side=formats.ltr(f"{side} × {side}"),
            limit=formats.number(limit("feed.id")),
            pictures=formats.number(1 + limit("feed.additional_images")),
        )

    @property
    def button(self) -> str:
        """What mending it does, with the number: the words of its button; "" without a remedy."""
        n = self.count
        buttons = {
            "duplicate-code": ngettext("Give new codes for {n} item", "Give new codes for {n} items", n),
            "sale-not-below": ngettext("Remove {n} sale price", "Remove {n} sale prices", n),
            "no-code": ngettext("Number {n} item", "Number {n} items", n),
            "same-text": ngettext(
                "Describe {n} item by more than its name", "Describe {n} items by more than their names", n
            ),
            "meta-link": ngettext("Replace {n} link", "Replace {n} links", n),
            "no-description": ngettext("Describe {n} item by its name", "Describe {n} items by their names", n),
            "no-brand": ngettext("Fill in {n} brand", "Fill in {n} brands", n),
            "no-link": ngettext("Fill in {n} link", "Fill in {n} links", n),
            "sale-ended": ngettext("End {n} sale", "End {n} sales", n),
            "sold-out": ngettext("Hide {n} item", "Hide {n} items", n),
        }
        return buttons.get(self.kind, "").format(n=formats.number(n))


class Example(NamedTuple):
    """What a remedy does to one item: its name, what is there, and what would be there, each in words or ""."""

    name: str
    before: str
    after: str


WHY = {
    "no-picture": N_("The phone does not save an item without one."),
    "small-picture": N_("Meta's shop leaves out pictures that are smaller than {side}."),
    "no-price": N_("Customers have to ask what it costs, and Meta's shop leaves it out."),
    "duplicate-code": N_("Meta's shop leaves out items that share a code."),
    "sale-not-below": N_("Customers would not see a discount, and Meta's shop refuses it."),
    "long-text": N_("Kept here, but it will not fit on the phone."),
    "long-code": N_("Meta's shop refuses it: codes of items have up to {limit} characters there."),
    "same-text": N_("Meta's shop asks for more than the name."),
    "capitals": N_("Meta's shop refuses texts that shout."),
    "link-in-text": N_("Meta's shop refuses it. Put the link into the field for it."),
    "meta-link": N_("Meta's shop asks for a page on your own website."),
    "picture-format": N_("Meta's shop takes no others. Pictures that you add here from a file become JPEG or PNG."),
    "many-pictures": N_("The first {pictures} are shown, the others are left out."),
    "no-code": N_("Meta's shop tells items apart by their codes, and orders are found by them."),
    "no-description": N_("Customers cannot read about it, and Meta's shop leaves it out."),
    "no-brand": N_("Meta's shop asks for one. For what you make yourself it is your shop."),
    "no-link": N_("Meta's shop asks for a page of the item, or at least of your shop."),
    "sale-ended": N_("The sale price is kept, but nobody gets it any more."),
    "sold-out": N_("Customers ask for what you cannot sell them."),
    "no-translation": N_("Its name is missing in a language that other items have."),
    "duplicate-name": N_("Customers, and you, cannot tell them apart."),
}


def problems(session: Session) -> list[Problem]:
    """Return what is to be put right, what weighs most first: one pass over the items, 0.4 s for 100,000 of them."""
    columns = [func.count().filter(and_(*conditions(session, kind.terms))) for kind in KINDS.values()]
    counted = session.execute(select(*columns).select_from(Product)).one()
    return [Problem(kind, count) for kind, count in zip(KINDS, counted, strict=True) if count]


def proposal(session: Session, kind: str) -> str:
    """Return what may well be meant to be filled in; "" where nothing is asked."""
    profile = read_profile(session)
    if kind == "no-brand":
        return profile.name
    if kind in LINKS:
        return profile.website or (catalog_link(profile.phone) if profile.phone else "")
    if kind == "no-code":
        coded = select(Product.code).where(Product.code != "").order_by(Product.position.desc(), Product.id.desc())
        last = session.scalar(coded.limit(1))
        return next_code(session, last) if last else FIRST_CODE
    return ""


def check_value(kind: str, typed: str) -> str:
    """Return what was typed as it would be filled in. Raises Invalid("value", …) for what is none."""
    remedy = KINDS[kind].remedy
    value = one_line(clean(typed))
    if not remedy or not remedy.asks:
        return value
    if not value:
        raise Invalid("value", _("Write first what to fill in."))
    most = {"no-brand": limit("feed.brand"), "no-code": limit("feed.id")}.get(kind)
    if most and len(value) > most:
        sentence = ngettext("Meta takes {n} character at most.", "Meta takes {n} characters at most.", most)
        raise Invalid("value", sentence.format(n=formats.number(most)))
    return web_address("value", value) if kind in LINKS else value


def examples(session: Session, kind: str, typed: str = "") -> list[Example]:
    """Return what mending would do to the first few items. Raises Invalid("value") as `check_value`."""
    remedy = KINDS[kind].remedy
    assert remedy, "only what can be mended has examples"
    ids = find(session, Search("", KINDS[kind].terms, ""))
    shop = shop_currency(session)
    found = []
    for row in remedy.plan(session, ids, check_value(kind, typed)):
        product = session.get_one(Product, row["id"])
        column = next(name for name in row if name != "id")
        words = [_shown(column, value, product.currency or shop) for value in (getattr(product, column), row[column])]
        found.append(Example(product.name, *words))
        if len(found) == EXAMPLES:
            break
    return found


def mend(session: Session, kind: str, typed: str = "", tell: Tell = silent) -> int:
    """Mend all items of a kind, and return how many were changed: one step of an action. Raises Invalid("value")."""
    remedy = KINDS[kind].remedy
    assert remedy, "only what can be mended is"
    ids = find(session, Search("", KINDS[kind].terms, ""))
    rows = remedy.plan(session, ids, check_value(kind, typed))
    first = next(rows, None)
    if first is None:
        return 0
    if kind in SAME:
        return bulk.set_fields(session, ids, tell, **{name: value for name, value in first.items() if name != "id"})
    return write_rows(session, Product, _with_keys(session, list(chain([first], rows))), tell)


def mended(kind: str, n: int) -> str:
    """Say that `n` items of a kind were mended."""
    words = {
        "no-brand": ngettext("{n} brand filled in", "{n} brands filled in", n),
        "no-link": ngettext("{n} link filled in", "{n} links filled in", n),
        "no-code": ngettext("{n} item numbered", "{n} items numbered", n),
        "duplicate-code": ngettext("{n} new code given", "{n} new codes given", n),
        "no-description": ngettext("{n} description filled in", "{n} descriptions filled in", n),
        "same-text": ngettext("{n} description filled in", "{n} descriptions filled in", n),
        "meta-link": ngettext("{n} link replaced", "{n} links replaced", n),
        "sale-ended": ngettext("{n} sale ended", "{n} sales ended", n),
        "sale-not-below": ngettext("{n} sale price removed", "{n} sale prices removed", n),
        "sold-out": ngettext("{n} item hidden", "{n} items hidden", n),
    }
    return words[kind].format(n=formats.number(n))


# What each remedy changes


def _same(**values: Any) -> Callable[[Session, Sequence[int], str], Iterator[Row]]:
    return lambda session, ids, value: ({"id": id, **values} for id in ids)


def _typed(column: str) -> Callable[[Session, Sequence[int], str], Iterator[Row]]:
    return lambda session, ids, value: ({"id": id, column: value} for id in ids)


def _numbers(session: Session, ids: Sequence[int], value: str) -> Iterator[Row]:
    """Number items in the owner's order, from the code that was typed on, leaving out those that are taken."""
    taken = taken_codes(session)
    free = (code for code in chain([value], codes_after(value)) if code not in taken)
    for id in ids:
        yield {"id": id, "code": next(free)}


def _new_codes(session: Session, ids: Sequence[int], value: str) -> Iterator[Row]:
    """Let the oldest item of each code keep it, and give each other one the next that is free."""
    here = select(Product.id, Product.code).where(among(session, Product.id, ids)).order_by(Product.id)
    taken = taken_codes(session)
    seen: dict[str, Iterator[str]] = {}
    for id, code in session.execute(here):
        if code not in seen:
            seen[code] = codes_after(code)
            continue
        new = next(free for free in seen[code] if free not in taken)
        taken.add(new)
        yield {"id": id, "code": new}


def _descriptions(session: Session, ids: Sequence[int], value: str) -> Iterator[Row]:
    """Say of an item that it is the shop's: Meta refuses a description that only repeats the name."""
    profile = read_profile(session)
    with speaking(customers_language(profile)):
        # TRANSLATORS: the description of an item that has none: "Roll-top lunch bag from Bayt Al-Hadaya".
        sentence = _("{name} from {shop}") if profile.name else "{name}"
    for id, name in session.execute(select(Product.id, Product.name).where(among(session, Product.id, ids))):
        yield {"id": id, "description": sentence.format(name=name, shop=profile.name)}


def _with_keys(session: Session, rows: list[Row]) -> list[Row]:
    """Add to rows what follows from their columns for the search."""
    if rows[0].keys().isdisjoint(bulk.SEARCHED):
        return rows
    columns = [getattr(Product, name) for name in bulk.SEARCHED]
    here = select(Product.id, *columns).where(among(session, Product.id, [row["id"] for row in rows]))
    texts: dict[int, dict[str, str]] = defaultdict(dict)
    for id, *values in session.execute(here):
        texts[id] = dict(zip(bulk.SEARCHED, values, strict=True))
    found: list[Row] = []
    for row in rows:
        new = {name: row.get(name, text) for name, text in texts[row["id"]].items()}
        search_key, sort_key = keys(*new.values())
        found.append({**row, "search_key": search_key, "sort_key": sort_key})
    return found


def _shown(column: str, value: Any, currency: str) -> str:
    """Return a value of a column as it is read."""
    if column == "sale_price" and value is not None:
        return formats.money(value, currency)
    if column == "hidden":
        # TRANSLATORS: whether customers see an item.
        return _("Hidden") if value else _("Shown")
    return str(value or "")


SALE = {"sale_price": None, "sale_starts": None, "sale_ends": None}
SAME = ("no-brand", "sale-ended", "sale-not-below", "sold-out")  # where every item gets the same values
KINDS: dict[str, Kind] = {  # what weighs most first
    "no-picture": Kind(("no-picture",), "refused"),
    "small-picture": Kind(("small-picture",), "refused"),
    "no-price": Kind(("no-price",), "refused"),
    "duplicate-code": Kind(("duplicate-code",), "refused", Remedy(N_("Give new codes"), "", _new_codes)),
    "sale-not-below": Kind(("sale-not-below",), "refused", Remedy(N_("Remove sale prices"), "", _same(**SALE))),
    "long-text": Kind(("long-text",), "refused"),
    "long-code": Kind(("long-code",), "refused"),
    "capitals": Kind(("capitals",), "refused"),
    "link-in-text": Kind(("link-in-text",), "refused"),
    "same-text": Kind(("same-text",), "refused", Remedy(N_("Fill in descriptions"), "", _descriptions)),
    "meta-link": Kind(("meta-link",), "refused", Remedy(N_("Replace links"), N_("Link"), _typed("link"))),
    "picture-format": Kind(("picture-format",), "refused"),
    "many-pictures": Kind(("many-pictures",), "tidy"),
    "no-code": Kind(("no-code",), "refused", Remedy(N_("Number items"), N_("First code"), _numbers)),
    "no-description": Kind(("no-description",), "refused", Remedy(N_("Fill in descriptions"), "", _descriptions)),
    "no-brand": Kind(("no-brand",), "refused", Remedy(N_("Fill in brands"), N_("Brand"), _typed("brand"))),
    "no-link": Kind(("no-link",), "refused", Remedy(N_("Fill in links"), N_("Link"), _typed("link"))),
    "sale-ended": Kind(("sale-ended",), "missed", Remedy(N_("End sales"), "", _same(**SALE))),
    "sold-out": Kind(("out-of-stock", "shown"), "missed", Remedy(N_("Hide items"), "", _same(hidden=True))),
    "no-translation": Kind(("no-translation",), "missed"),
    "duplicate-name": Kind(("duplicate-name",), "tidy"),
}
