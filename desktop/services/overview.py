"""What the owner sees first: what needs a hand, what changed last, and what is used most."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from desktop.data.models import AutomaticMessage, Picture, Product, Profile
from desktop.i18n import _, formats, ngettext
from desktop.services.answer_setup import read_concerns
from desktop.services.catalog import Card, cards, count_products
from desktop.services.counts import count_replies
from desktop.services.due import Due, list_due
from desktop.services.duplicates import find_duplicates
from desktop.services.limits import limit, measure
from desktop.services.messages import fill_message
from desktop.services.order_list import Face, due_orders
from desktop.services.phone_copy import Reminder, changes, due
from desktop.services.profile import STEPS, missing, read_profile
from desktop.services.replies import is_open_now, most_used
from desktop.services.where import conditions

RECENT = 5
QUICK = 5
DUE = 50  # follow-ups that are late, and of today
PROFILE_TEXTS = {  # the limit of each; that of the name is only what a chat list shows of it
    "about": "profile.about",
    "description": "profile.description",
    "address": "profile.address",
    "email": "profile.email",
    "website": "profile.website",
    "website2": "profile.website",
}


@dataclass(frozen=True)
class Concern:
    """One kind of thing to put right, `count` times. `target` is the first item of it, or the field of the profile.

    `kind` is "sale", "code", "picture", "text", "items", "replies", "profile_text", "automatic" (of which `told` says
    the worst), "phone", "price", "customer" (of whom the target is the first) or "profile".
    """

    kind: str
    count: int
    target: int | str | None = None
    told: str = ""

    @property
    def sentence(self) -> str:
        """What it is, with the number, in a few translated words."""
        n = self.count
        match self.kind:
            case "sale":
                words = ngettext("{n} sale price is not below the price", "{n} sale prices are not below the price", n)
            case "code":
                words = ngettext("{n} code is used by several items", "{n} codes are used by several items each", n)
            case "picture":
                words = ngettext("{n} item has no picture", "{n} items have no picture", n)
            case "text":
                words = ngettext("{n} item has a text that is too long", "{n} items have a text that is too long", n)
            case "items":
                words = ngettext("{n} item more than the phone takes", "{n} items more than the phone takes", n)
            case "replies":
                words = ngettext(
                    "{n} quick reply more than the phone takes", "{n} quick replies more than the phone takes", n
                )
            case "profile_text":
                words = ngettext(
                    "{n} text of the business profile is too long", "{n} texts of the business profile are too long", n
                )
            case "automatic":
                # TRANSLATORS: of what the phone answers by itself, such as nothing at all while the shop is closed.
                words = ngettext(
                    "{n} thing to look at in the automatic messages",
                    "{n} things to look at in the automatic messages",
                    n,
                )
            case "phone":
                return changes(n)
            case "price":
                words = ngettext("{n} item has no price", "{n} items have no price", n)
            case "customer":
                words = ngettext("{n} customer is there twice", "{n} customers are there twice or more", n)
            case _:
                words = ngettext(
                    "{n} thing is missing from the business profile",
                    "{n} things are missing from the business profile",
                    n,
                )
        return words.format(n=formats.number(n))

    @property
    def why(self) -> str:
        """Why it matters, or what to do first, in one translated sentence."""
        match self.kind:
            case "sale":
                return _("Customers would not see a discount.")
            case "code":
                return _("Meta's shop leaves out items that share a code.")
            case "picture":
                return _("The phone does not save an item without one.")
            case "text" | "profile_text":
                return _("Kept here, but it will not fit on the phone.")
            case "items":
                return _("It has room for {n}. The rest are kept here.").format(
                    n=formats.number(limit("catalog.items"))
                )
            case "replies":
                return _("It has room for {n}. The rest are kept here.").format(
                    n=formats.number(limit("reply.replies"))
                )
            case "automatic":
                return self.told
            case "phone":
                return _("Copy them one after the other, and mark what is done.")
            case "price":
                return _("Customers have to ask what it costs.")
            case "customer":
                return _("They have the same number. Merged, nothing of them is lost.")
            case _:
                return _(STEPS[str(self.target)])


@dataclass(frozen=True)
class Recent:
    """An item that was changed lately, and when, in seconds since 1970 UTC."""

    card: Card
    changed_at: int


@dataclass(frozen=True)
class Quick:
    """A quick reply that is copied often. `ready`: `text` is filled, and nothing is left to fill in by hand."""

    id: int
    shortcut: str
    text: str
    ready: bool


@dataclass(frozen=True)
class Overview:
    """The shop at a glance. `phone` is digits, `logo` the digest of a picture; `gaps` are as in `profile.missing`."""

    name: str
    logo: str | None
    phone: str
    gaps: tuple[str, ...]
    items: int
    replies: int
    quick: tuple[Quick, ...]
    concerns: tuple[Concern, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    orders: tuple[Face, ...] = ()
    follow_ups: tuple[Due, ...] = ()
    recent: tuple[Recent, ...] = ()
    whole: bool = False  # whether the last three have been read

    @property
    def is_new(self) -> bool:
        """Say whether the shop is still to be set up: without items, or without quick replies."""
        return not (self.items and self.replies)


def glance(session: Session) -> Overview:
    """Read what takes a few ms however many items there are: all but concerns, reminders and what changed last."""
    profile = read_profile(session)
    return Overview(
        name=profile.name,
        logo=profile.logo,
        phone=profile.phone,
        gaps=tuple(missing(session)),
        items=count_products(session),
        replies=count_replies(session),
        quick=tuple(_quick(session)),
    )


def read_overview(session: Session) -> Overview:
    """Read all of it, which takes 0.2 s at 100,000 items: not for the window's thread.

    A new shop's gaps in the profile are no concern yet: they are the first of its next steps.
    """
    seen, profile = glance(session), read_profile(session)
    gaps, replies = seen.gaps, seen.replies
    items, (sale, code, picture, text, price) = _item_concerns(session)
    room = (_beyond_room("items", "catalog.items", items), _beyond_room("replies", "reply.replies", replies))
    lacking = Concern("profile", len(gaps) if items and replies else 0, gaps[0] if gaps else None)
    changed, reminders = due(session, formats.now())
    phone = Concern("phone", changed)
    others = (phone, price, _twice(session), lacking)
    found = (sale, code, picture, text, *room, _profile_texts(profile), _answers(session), *others)
    return replace(
        seen,
        concerns=tuple(concern for concern in found if concern.count),
        reminders=tuple(reminders),
        orders=tuple(due_orders(session)),
        follow_ups=tuple(list_due(session, ("overdue", "today"), limit=DUE)),
        recent=tuple(_recent(session)),
        whole=True,
    )


def _item_concerns(session: Session) -> tuple[int, list[Concern]]:
    """Return how many items there are, and what is to be put right with them, what weighs most first."""
    terms = ("sale-not-below", "long-text", "no-price")
    sale, text, price = (and_(*conditions(session, [term])) for term in terms)
    columns = [column for condition in (sale, text, price) for column in _counted(condition)]
    items, *found = session.execute(select(func.count(), *columns).select_from(Product)).one()
    kinds = zip(("sale", "text", "price"), found[::2], found[1::2], strict=True)
    wrong_sale, long_text, no_price = (Concern(*kind) for kind in kinds)
    return items, [wrong_sale, _codes(session), _without_picture(session), long_text, no_price]


def _counted(condition: ColumnElement[bool]) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Return for how many items a condition holds, and the first of those."""
    return func.count().filter(condition), func.min(Product.id).filter(condition)


def _codes(session: Session) -> Concern:
    """Codes that several items have. Whether there are any is asked first: that takes half as long."""
    named, codes = session.execute(
        select(func.count(), func.count(Product.code.distinct())).where(Product.code != "")
    ).one()
    if named == codes:
        return Concern("code", 0)
    first = select(func.min(Product.id).label("id")).where(Product.code != "")
    shared = first.group_by(Product.code).having(func.count() > 1).subquery()
    return Concern("code", *session.execute(select(func.count(), func.min(shared.c.id))).one())


def _without_picture(session: Session) -> Concern:
    bare = ~exists().where(Picture.product_id == Product.id)
    return Concern("picture", *session.execute(select(func.count(), func.min(Product.id)).where(bare)).one())


def _answers(session: Session) -> Concern:
    """What automatic messages answer otherwise than it is probably meant; what is not copied yet is told apart.

    None where none is written: the shop does without them.
    """
    written = select(AutomaticMessage.id).where(or_(AutomaticMessage.enabled, AutomaticMessage.text != ""))
    if session.scalar(written.limit(1)) is None:
        return Concern("automatic", 0)
    found = [concern for concern in read_concerns(session, formats.today()) if concern.kind != "copy"]
    worst = found[0] if found else None
    return Concern("automatic", len(found), worst.about if worst else None, worst.sentence if worst else "")


def _twice(session: Session) -> Concern:
    groups = find_duplicates(session)
    return Concern("customer", len(groups), groups[0][0] if groups else None)


def _beyond_room(kind: str, key: str, count: int) -> Concern:
    return Concern(kind, max(0, count - limit(key)))


def _profile_texts(profile: Profile) -> Concern:
    long = [name for name, key in PROFILE_TEXTS.items() if measure(key, getattr(profile, name)).state == "over"]
    return Concern("profile_text", len(long), long[0] if long else None)


def _recent(session: Session) -> Iterator[Recent]:
    newest = select(Product.id, Product.changed_at).order_by(Product.changed_at.desc(), Product.id.desc())
    times = dict(session.execute(newest.limit(RECENT)).all())
    for card in cards(session, list(times)):
        yield Recent(card, times[card.id])


def _quick(session: Session) -> Iterator[Quick]:
    for reply in most_used(session, QUICK, is_open_now(session)):
        filled = fill_message(session, reply.text)
        ready = bool(filled.text) and not filled.sentences
        yield Quick(reply.id, reply.shortcut, filled.text if ready else reply.text, ready)
