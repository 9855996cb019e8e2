"""Which customers are meant: conditions as one writes them, such as `label=VIP` or `quiet-30`; and in which order.

The one vocabulary of the chips in the window, of send lists and of the command line; `where` is that of the items.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import Session

from desktop.data.many import among
from desktop.data.models import Customer, CustomerLabel, FollowUp, Label, Order, Profile, now
from desktop.data.search import Kind, Word, find_ids, fold
from desktop.data.search import find_first as search_first
from desktop.i18n import N_, _, formats
from desktop.services.duplicates import find_duplicates
from desktop.services.errors import Invalid
from desktop.services.phones import country_code
from desktop.services.terms import Condition, Search, Terms, pick, whole, words

DAY = 24 * 60 * 60  # seconds
QUIET = (30, 60, 90)  # days without contact that have a word of their own
SORTS = ("", "contact", "contact-old", "newest", "changed")  # "" is by name, or the best first
NATIONAL = 7  # digits from which a number is looked for without the 0 before it, whatever its country
ENDED = ("done", "cancelled")  # states of orders that nothing is to be done for
DIALLED = re.compile(r"[+(]*\d[\d()./+-]*")
LINKED = re.compile(r"(?:wa\.me/|phone=)\+?(\d+)")


# Words: a phone number in any spelling is one


def read_words(session: Session, typed: str) -> list[Word]:
    """Return what was typed word by word; a phone number, however it is written, is one of them."""
    return [Word(texts) for texts, _numbers in _parts(session, typed)]


def _parts(session: Session, typed: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield for every word of `typed` which folded texts it means, and which whole numbers it may be."""
    folded = fold(typed)
    if link := LINKED.search(folded):
        folded = link[1]
    run: list[str] = []
    for token in [*folded.split(), ""]:
        if DIALLED.fullmatch(token) or (run and token in ("-", "/", ".")):
            run.append(token)
            continue
        if run:
            yield _number(session, run)
            run = []
        if token:
            yield (token.removeprefix("@") or token,), ()


def _number(session: Session, run: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what digits may mean: a number with its country, one dialled inside the shop's, or what they say."""
    written = " ".join(run)
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    if digits.startswith("00"):
        return _texts(written, digits[2:]), (digits[2:],)
    if not digits.startswith("0") or written.startswith("+"):
        return _texts(written, digits), (digits, _code(session) + digits)
    short = digits[1:]
    whole = _code(session) + short
    return _texts(written, digits, short if len(short) >= NATIONAL else whole if len(short) > 1 else ""), (whole,)


def _texts(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))


def _code(session: Session) -> str:
    if _code not in session.info:  # a session sees one moment: it asks once
        session.info[_code] = country_code(session.scalar(select(Profile.territory)) or "")
    return str(session.info[_code])


def _has_number(session: Session, typed: str) -> ColumnElement[bool]:
    """Return the condition that the first phone is a number that was typed, in any spelling."""
    found = {number for _texts, numbers in _parts(session, typed) for number in numbers if number}
    return Customer.phone.in_(sorted(found)) if found else false()


PEOPLE = Kind(Customer, (Customer.sort_key, Customer.id), read_words, _has_number)


# Terms


def _labelled(session: Session, name: str) -> Condition:
    label = _label(session, name)
    return exists().where(CustomerLabel.customer_id == Customer.id, CustomerLabel.label_id == label)


def _label(session: Session, name: str) -> int:
    """Return the id of the label that a term names. Raises Invalid("where"), saying which there are."""
    return pick(_labels(session), name, _("There is no label called {name}."))


def _labels(session: Session) -> list[tuple[int, str]]:
    query = select(Label.id, Label.name).order_by(Label.position, Label.id)
    return [(number, name) for number, name in session.execute(query)]


def _due() -> Condition:
    """Something is to be done for them today, or was before: a follow-up that is open, or an order."""
    tomorrow = dt.datetime.combine(formats.today() + dt.timedelta(days=1), dt.time(), formats.now().tzinfo)
    before = int(tomorrow.timestamp())
    follow_up = (FollowUp.customer_id == Customer.id, FollowUp.done_at.is_(None), FollowUp.due_at < before)
    order = (Order.customer_id == Customer.id, Order.state.not_in(ENDED), Order.due_at < before)
    return or_(exists().where(*follow_up), exists().where(*order))


def _open_order() -> Condition:
    return exists().where(Order.customer_id == Customer.id, Order.state.not_in(ENDED))


def _born_in(month: int) -> Condition:
    """A birthday is kept as 1990-05-14 or --05-14: the month stands at the same place from the end."""
    return and_(Customer.birthday.like(f"%-{month:02}-__"), Customer.birthday != "")


def _birthday(_session: Session, value: str) -> Condition:
    if 1 <= (month := whole(value) or 0) <= 12:
        return _born_in(month)
    raise Invalid("where", _("A month is a number from 1 to 12."))


def _quiet(days: int) -> Condition:
    """Their last contact was so many days ago, or more; of whom none is known, nobody can say."""
    return Customer.last_contact_at <= now() - days * DAY


def _quiet_for(_session: Session, value: str) -> Condition:
    if 0 < (days := whole(value) or 0) < 100_000:
        return _quiet(days)
    raise Invalid("where", _("Days are a whole number, like 45."))


def _duplicate(session: Session) -> Condition:
    return among(session, Customer.id, [customer for group in find_duplicates(session) for customer in group])


WORDS: dict[str, Any] = {  # what stands alone
    "all": lambda _session: true(),
    "no-label": lambda _session: ~exists().where(CustomerLabel.customer_id == Customer.id),
    "consent": lambda _session: and_(Customer.consent_at.is_not(None), Customer.stopped_at.is_(None)),
    "no-consent": lambda _session: and_(Customer.consent_at.is_(None), Customer.stopped_at.is_(None)),
    "stopped": lambda _session: Customer.stopped_at.is_not(None),
    "not-stopped": lambda _session: Customer.stopped_at.is_(None),
    "due": lambda _session: _due(),
    "open-order": lambda _session: _open_order(),
    "no-phone": lambda _session: Customer.phone == "",
    "no-name": lambda _session: Customer.name == "",
    "no-language": lambda _session: Customer.language == "",
    "saved": lambda _session: Customer.saved.is_(True),
    "not-saved": lambda _session: Customer.saved.is_(False),
    "birthday-month": lambda _session: _born_in(formats.today().month),
    **{f"quiet-{days}": lambda _session, days=days: _quiet(days) for days in QUIET},
    "no-contact": lambda _session: Customer.last_contact_at.is_(None),
    "duplicate": _duplicate,
}
VALUES = {  # what takes a value after =
    "label": _labelled,  # its name, or # and its id
    "language": lambda _session, code: Customer.language == code.lower(),
    "birthday": _birthday,  # a month: 5
    "quiet": _quiet_for,  # days: 45
}
ANY = "label"  # of several of these one is enough
TERMS = Terms(WORDS, VALUES, ANY, N_("{term} chooses no customers. What does: {known}"))


def order_of(sort: str) -> tuple[SQLColumnExpression[Any], ...]:
    """Return what to order by for one of SORTS; nothing for ""."""
    orders: dict[str, tuple[SQLColumnExpression[Any], ...]] = {
        "": (),
        "contact": (Customer.last_contact_at.desc().nulls_last(), Customer.id.desc()),
        "contact-old": (Customer.last_contact_at.is_(None), Customer.last_contact_at, Customer.id),
        "newest": (Customer.id.desc(),),  # ids only grow
        "changed": (Customer.changed_at.desc(), Customer.id.desc()),
    }
    return orders[sort]


def find(session: Session, search: Search, limit: int | None = None) -> list[int]:
    """Return the ids of the customers that are meant, in the order asked for, else by name; with words the best first.

    Raises Invalid("where") as `conditions` does.
    """
    typed, terms = words(search)
    return find_ids(session, typed, limit, *conditions(session, terms), order=order_of(search.sort), kind=PEOPLE)


def find_first(session: Session, search: Search, limit: int) -> list[int] | None:
    """Return the first ids of `find`, or None if even those might take a look at everybody: then ask in a job."""
    typed, terms = words(search)
    if terms or (search.sort and (typed or search.sort in ("contact-old", "changed"))):
        return None
    if search.sort:
        return find_ids(session, "", limit, order=order_of(search.sort), kind=PEOPLE)
    return search_first(session, typed, limit, PEOPLE)


def conditions(session: Session, terms: Sequence[str]) -> list[Condition]:
    """Return what `terms` ask of a Customer. Of several labels one is enough; everything else must hold at once.

    Raises Invalid("where") for a term that means nothing, saying which there are.
    """
    return TERMS.conditions(session, terms)


def label_terms(session: Session) -> dict[str, str]:
    """Return the term of every label and the label's name, in the owner's order."""
    return {f"{ANY}=#{number}": name for number, name in _labels(session)}


def count_terms(session: Session, terms: Iterable[str]) -> dict[str, int]:
    """Return how many customers meet each term by itself: one pass over them, one over the labels.

    It is not for the window's thread.
    """
    terms = list(dict.fromkeys(terms))
    counts = select(CustomerLabel.label_id, func.count()).group_by(CustomerLabel.label_id)
    labelled = dict.fromkeys(label_terms(session), 0)
    labelled |= {f"{ANY}=#{label}": count for label, count in session.execute(counts)}
    asked = [term for term in terms if term not in labelled]
    return {term: labelled.get(term, 0) for term in terms} | TERMS.count(session, Customer, asked)
