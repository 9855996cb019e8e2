"""What an owner wants to know before the catalog is given out: its languages, how much it is, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from desktop.data.many import among
from desktop.data.models import Product, ProductText
from desktop.services.problems import KINDS, Problem
from desktop.services.profile import read_profile
from desktop.services.share import customers_language
from desktop.services.where import Search, conditions

REFUSED = tuple(kind for kind, about in KINDS.items() if about.weight == "refused")


@dataclass(frozen=True)
class Gap:
    """A cause that some of the items which are given out have, and what shows them in the catalog."""

    problem: Problem
    search: Search


@dataclass(frozen=True)
class Outlook:
    """How many `items` would be given out, what is missing in them, and whether the shop `has_phone`."""

    items: int
    gaps: tuple[Gap, ...]
    has_phone: bool


def shop_languages(session: Session) -> list[str]:
    """Return the languages that the items are written in, the shop's own first."""
    own = customers_language(read_profile(session))
    others = session.scalars(select(ProductText.language).where(ProductText.name != "").distinct()).all()
    return [own, *sorted(language for language in others if language != own)]


def meant(collections: Sequence[int]) -> tuple[str, ...]:
    """Return the terms of `services.where` for what customers see of these collections, () being everything."""
    return ("shown", *(f"collection=#{number}" for number in collections))


def outlook(
    session: Session, kinds: Sequence[str] = (), terms: Sequence[str] = (), ids: Sequence[int] | None = None
) -> Outlook:
    """Say what giving out the items of `terms` comes to; `kinds` are the causes of `problems.KINDS` that matter.

    Of items `ids` that alone are given out it says only how many: no search finds just those. One pass over the items,
    not for the window's thread. Raises Invalid("where") as `where.conditions` does.
    """
    columns = [func.count(), *(func.count().filter(and_(*conditions(session, KINDS[kind].terms))) for kind in kinds)]
    query = select(*columns).select_from(Product).where(*conditions(session, terms))
    if ids is not None:
        query = query.where(among(session, Product.id, ids))
    items, *counts = session.execute(query).one()
    gaps = tuple(
        Gap(Problem(kind, count), Search("", (*dict.fromkeys((*KINDS[kind].terms, *terms)),), ""))
        for kind, count in zip(kinds, counts, strict=True)
        if count and ids is None
    )
    return Outlook(items, gaps, bool(read_profile(session).phone))
