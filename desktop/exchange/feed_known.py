"""What items have in rows of their own as a feed meets them: the ways they are sold, and other languages."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import ProductText, Variant


@dataclass(frozen=True, slots=True)
class Known:
    """A way as the shop has it; `picture` is the digest of its own one."""

    id: int
    options: str
    code: str
    price: int | None
    sale_price: int | None
    availability: str
    quantity: int | None
    extra: str
    picture: str | None
    position: str


def options_text(options: Mapping[str, str]) -> str:
    """Return the options of a variant as they are kept, by which it is known."""
    return json.dumps(dict(options), ensure_ascii=False)


def read_variants(session: Session) -> dict[int, dict[str, Known]]:
    """Return the variants of every item, each by its options."""
    columns = [getattr(Variant, field.name) for field in fields(Known) if field.name != "id"]
    query = select(Variant.product_id, Variant.id, *columns)
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    for product, id, options, *rest in session.execute(query.order_by(Variant.position, Variant.id)):
        options = options_text(json.loads(options) if options else {})
        found[product][options] = Known(id, options, *rest)
    return found


def read_texts(session: Session) -> dict[int, dict[str, tuple[int, str, str]]]:
    """Return what items say in other languages: the id of the row, the name and the description."""
    columns = (ProductText.product_id, ProductText.language, ProductText.id, ProductText.name, ProductText.description)
    found: dict[int, dict[str, tuple[int, str, str]]] = defaultdict(dict)
    for product, language, id, name, description in session.execute(select(*columns).order_by(ProductText.id)):
        found[product][language] = (id, name, description)
    return found
