"""What Meta will refuse, cut short or warn of, item by item, before anything is uploaded."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.many import among
from desktop.data.models import Product
from desktop.exchange.feed_rows import FeedRows, Places
from desktop.exchange.feed_rules import Cause, Rules
from desktop.exchange.upload import PICTURES, places_at
from desktop.services.problems import KINDS, Problem
from desktop.services.web import web_address
from desktop.services.where import Search, find

SOMEWHERE = "https://shop.example"  # where the pictures will be, as long as nobody has said where
BESIDE = {"small-picture": ("image_link", "too_small")}  # what no row of a feed tells, as a cause of the same table
ORDER = ("refused", "cut", "warned")


@dataclass(frozen=True)
class Offender:
    """An item that has something wrong, by its id, and the code and name of its first row that has."""

    item: int
    code: str
    name: str


@dataclass(frozen=True)
class Finding:
    """A cause and the items that have it, in the owner's order."""

    cause: Cause
    items: list[Offender] = field(default_factory=list)

    @property
    def problem(self) -> Problem | None:
        """The same as the catalog's list of problems has it, if it is there: what shows it, and mends it."""
        return Problem(self.cause.kind, self.cause.count) if self.cause.kind else None


def lint(session: Session, base_url: str = "") -> list[Finding]:
    """Return what Meta will not like, what it refuses first; it takes as long as writing the feed.

    With `base_url`, where the upload and the web page will be, items without a link have one there.
    Raises Invalid for a `base_url` that is none.
    """
    base_url = web_address("base_url", base_url).rstrip("/")
    rules = Rules()
    rows: dict[tuple[str, str], dict[int, Offender]] = defaultdict(dict)  # by the item
    web = places_at(base_url) if base_url else Places(f"{SOMEWHERE}/{PICTURES}")
    for block in FeedRows(session, web).blocks():
        codes, names = block.table["id"], block.table["title"]
        for key, places in rules.look(block.table, block.items).items():
            for place in places:
                item = block.items[place]
                rows[key].setdefault(item, Offender(item, codes[place], names[place]))
    for kind, key in BESIDE.items():
        if ids := find(session, Search("", KINDS[kind].terms, "")):
            query = select(Product.id, Product.code, Product.name).where(among(session, Product.id, ids))
            beside = session.execute(query.order_by(Product.position, Product.id))
            rows[key] = {row.id: Offender(*row) for row in beside}
    found = [Finding(Cause(*key, len(some)), list(some.values())) for key, some in rows.items()]
    return sorted(found, key=lambda finding: (ORDER.index(finding.cause.weight), -finding.cause.count))
