"""What is given out of a catalog, whatever the form: which items, in which languages, at whose prices."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import CollectionItem, Product, Profile, Variant, now
from desktop.exchange.encoding import UNKEPT
from desktop.i18n import _, bidi, formats, speaking
from desktop.i18n.numbers import exponent
from desktop.services.catalog import find_products, read_products
from desktop.services.collections import list_collections
from desktop.services.errors import Invalid
from desktop.services.links import chat_link, item_link
from desktop.services.profile import read_profile
from desktop.services.sale import Paid, paid
from desktop.services.share import customers_language
from desktop.services.variants import options_of

CHUNK = 500  # items read at a time
SHORT = 40  # characters of a code
LOWEST = Decimal(-100)  # percent: nothing is given away for less than nothing
HIGHEST = Decimal(1000)


@dataclass(frozen=True)
class Choice:
    """What somebody wants to give out.

    `languages` are those of the texts, the first one leading; () means the shop's own. `percent` is added to every
    price, −15 for wholesale; None leaves all prices out. `collections` are ids, () meaning everything; `valid_until`
    and `note` (such as one on VAT) stand beside the prices.
    """

    languages: tuple[str, ...] = ()
    percent: Decimal | None = Decimal(0)
    collections: tuple[int, ...] = ()
    valid_until: dt.date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.percent is not None and not LOWEST < self.percent <= HIGHEST:
            sentence = _("Prices can be changed by more than {least} and up to {most}.")
            least, most = formats.percent(LOWEST), formats.percent(HIGHEST)
            raise Invalid("prices", sentence.format(least=least, most=most))

    def terms(self, language: str) -> list[str]:
        """Return what is said beside the items, in a language: the note, and until when the prices are valid."""
        terms = [self.note] if self.note else []
        if self.valid_until and self.percent is not None:
            with speaking(language):
                terms.append(_("Prices valid until {date}.").format(date=formats.date(self.valid_until)))
        return terms


@dataclass(frozen=True)
class Way:
    """One way in which an article is sold: a size, a colour. Prices are what a customer pays."""

    options: dict[str, str]
    code: str
    price: int | None
    old_price: int | None
    available: bool
    picture: str | None

    @property
    def name(self) -> str:
        """Return its options in a row: "M, red"."""
        return _(", ").join(self.options.values())


@dataclass(frozen=True)
class Article:
    """An item as it is given out. `price` is what a customer pays now, in the smallest unit, `old_price` what was.

    Texts are by language: the shop's own is always there, others where somebody has written them.
    """

    id: int
    code: str
    names: dict[str, str]
    descriptions: dict[str, str]
    price: int | None
    old_price: int | None
    currency: str
    available: bool
    brand: str
    condition: str
    link: str
    whatsapp_id: str
    pictures: tuple[str, ...]  # digests of blobs
    ways: tuple[Way, ...] = ()

    def name(self, language: str) -> str:
        """Return what it is called in a language, or else in the shop's own."""
        return self.names.get(language) or next(iter(self.names.values()))

    def description(self, language: str) -> str:
        """Return what is said of it in a language, or else in the shop's own."""
        return self.descriptions.get(language) or next(iter(self.descriptions.values()), "")

    def price_text(self, language: str) -> str:
        """Return the price as customers read it, "from" the lowest where its ways differ; "" without one."""
        with speaking(language):
            prices = {way.price for way in self.ways or (self,) if way.price is not None}
            if not prices:
                return ""
            lowest = formats.money_text(min(prices), self.currency)
            # TRANSLATORS: the lowest of several prices, as in "from AED 60".
            return _("from {price}").format(price=lowest) if len(prices) > 1 else lowest

    def old_price_text(self, language: str) -> str:
        """Return the price that a sale replaces, "" where there is none."""
        if self.old_price is None:
            return ""
        with speaking(language):
            return formats.money_text(self.old_price, self.currency)

    def order_link(self, phone: str, language: str) -> str:
        """Return the link by which a customer orders it: its page on WhatsApp, else a chat with the order ready.

        "" where the shop has no phone number.
        """
        if not phone:
            return ""
        if self.whatsapp_id:
            return item_link(self.whatsapp_id, phone)
        name = self.name(language)
        with speaking(language):
            if self.code:
                return chat_link(
                    phone, _("Hello, I would like to order: {name} ({code})").format(name=name, code=self.code)
                )
            return chat_link(phone, _("Hello, I would like to order: {name}").format(name=name))

    def short_link(self, phone: str, language: str) -> str:
        """Return an order link for where it is seen or drawn: with the code alone ready to send, if that is short.

        An Arabic sentence takes six characters a letter there.
        """
        if phone and not self.whatsapp_id and self.code.isascii() and 0 < len(self.code) <= SHORT:
            return chat_link(phone, self.code)
        return self.order_link(phone, language)


@dataclass(frozen=True)
class Chapter:
    """A collection and its articles in their order; `id` and `name` are empty for items that are in none."""

    id: int | None
    name: str
    articles: list[Article] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Return its name, or what items are called together that are in no collection."""
        return self.name or _("More items")


@dataclass(frozen=True)
class Offer:
    """Everything that is given out: the shop, and its catalog in chapters. An item may stand in several of them.

    Its texts are as `given` leaves them; the profile is a copy that belongs to no session.
    """

    profile: Profile
    languages: tuple[str, ...]
    choice: Choice
    chapters: list[Chapter]

    @property
    def articles(self) -> list[Article]:
        """Return each article once, in the order of the chapters."""
        return list({article.id: article for chapter in self.chapters for article in chapter.articles}.values())


def read_offer(session: Session, choice: Choice, ids: Sequence[int] | None = None) -> Offer:
    """Return what `choice` means, or of it only the items `ids`. What is hidden from customers is never in it."""
    profile = read_profile(session)
    languages = choice.languages or (customers_language(profile),)
    chosen = [group for group in list_collections(session) if not choice.collections or group.id in choice.collections]
    wanted = find_products(session) if ids is None else list(ids)
    articles = {article.id: article for article in _articles(session, wanted, profile, choice)}
    places = _places(session)
    chapters = [
        Chapter(group.id, given(group.name), [articles[item] for item in places[group.id] if item in articles])
        for group in chosen
    ]
    if not choice.collections:
        placed = {item for items in places.values() for item in items}
        chapters.append(Chapter(None, "", [article for article in articles.values() if article.id not in placed]))
    choice = replace(choice, note=given(choice.note))
    return Offer(_given_profile(profile), languages, choice, [chapter for chapter in chapters if chapter.articles])


def given_price(minor: int, percent: Decimal, currency: str) -> int:
    """Return a price with so many percent added: half up, to the smallest unit that is shown beside whole amounts.

    A whole price stays whole (60 − 15 % is 51, 65 − 15 % is 55.25).
    """
    exact = Decimal(minor) * (100 + percent) / 100
    step = Decimal(10 ** max(exponent(currency) - 2, 0))  # three decimals are rounded to two
    return int((exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def _places(session: Session) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    query = select(CollectionItem.collection_id, CollectionItem.product_id)
    for collection, product in session.execute(query.order_by(CollectionItem.position, CollectionItem.id)):
        found[collection].append(product)
    return found


def _articles(session: Session, ids: Sequence[int], profile: Profile, choice: Choice) -> Iterator[Article]:
    own = customers_language(profile)
    moment = now()
    for start in range(0, len(ids), CHUNK):
        for product in read_products(session, ids[start : start + CHUNK]):
            if not product.hidden:
                yield _article(product, profile, choice, own, moment)


def _article(product: Product, profile: Profile, choice: Choice, own: str, moment: int) -> Article:
    currency = product.currency or profile.currency
    price, old = _asked(paid(product, moment=moment), choice, currency)
    texts = [text for text in product.texts if text.language != own]
    return Article(
        id=product.id,
        code=given(product.code),
        names={own: given(product.name)} | {text.language: given(text.name) for text in texts if text.name},
        descriptions={own: given(product.description)}
        | {text.language: given(text.description) for text in texts if text.description},
        price=price,
        old_price=old,
        currency=currency,
        available=product.availability != "out of stock",
        brand=given(product.brand),
        condition=product.condition,
        link=product.link,
        whatsapp_id=product.whatsapp_id,
        pictures=tuple(picture.sha256 for picture in product.pictures if picture.sha256),
        ways=tuple(_way(variant, product, choice, currency, moment) for variant in product.variants),
    )


def given(text: str) -> str:
    """Return a text as others may have it: with nothing in it that no font has, or that turns what stands after it."""
    return bidi.contained(UNKEPT.sub("", text))


def _given_profile(profile: Profile) -> Profile:
    """Return the shop as others may have it, apart from what is stored."""
    values = {column.key: getattr(profile, column.key) for column in Profile.__table__.columns}
    return Profile(**{key: given(value) if isinstance(value, str) else value for key, value in values.items()})


def _way(variant: Variant, product: Product, choice: Choice, currency: str, moment: int) -> Way:
    price, old = _asked(paid(product, variant, moment), choice, currency)
    available = variant.availability != "out of stock"
    options = {given(key): given(value) for key, value in options_of(variant).items()}
    return Way(options, given(variant.code), price, old, available, variant.picture)


def _asked(cost: Paid, choice: Choice, currency: str) -> tuple[int | None, int | None]:
    """Return what is asked and what was before; another percentage than 0 is of the usual price, without sales."""
    if cost.price is None or choice.percent is None:
        return None, None
    if choice.percent:
        return given_price(cost.price if cost.before is None else cost.before, choice.percent, currency), None
    return cost
