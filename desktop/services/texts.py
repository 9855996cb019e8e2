"""What items are called and how they are described in other languages than the shop's."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.data.models import Product, ProductText, Profile
from desktop.i18n import LANGUAGES, _, places
from desktop.services.catalog import note
from desktop.services.editing import change_row, changed_elsewhere, clean, one_line, paragraphs
from desktop.services.errors import Invalid, NotFound

COLUMNS = ("name", "description")


class Said(NamedTuple):
    """An item in a language; `version` is 0 as long as nothing is said in it."""

    language: str
    name: str = ""
    description: str = ""
    version: int = 0


def read_text(session: Session, product_id: int, language: str) -> Said:
    """Return what an item says in a language, which may be nothing."""
    found = _find(session, product_id, language)
    return Said(language, found.name, found.description, found.version) if found else Said(language)


def languages(session: Session) -> list[str]:
    """Return the languages beside the shop's: those of most items first, then the program's own."""
    count = func.count()
    query = select(ProductText.language).group_by(ProductText.language).order_by(count.desc(), ProductText.language)
    own = session.scalar(select(Profile.language)) or ""
    return [code for code in dict.fromkeys([*session.scalars(query), *LANGUAGES]) if code != own]


def set_text(session: Session, product_id: int, base: int | None = None, *, language: str, **changed: str) -> None:
    """Write an item's `name` or `description` in a language; when both are empty nothing is said in it any more.

    `base` is the version that was typed over, 0 where there was nothing, None for whatever there is. Raises Stale if
    the same text has changed elsewhere, NotFound if the item is gone, Invalid for no language at all.
    """
    product = session.get(Product, product_id)
    if product is None:
        raise NotFound("", _("This item has been deleted. Undo brings it back."))
    if language not in dict(places.languages()):
        raise Invalid("language", _("Choose a language from the list."))
    kept = {"name": one_line, "description": paragraphs}
    values = {column: kept[column](clean(typed)) for column, typed in changed.items()}
    row = _find(session, product_id, language)
    if row is None:
        if any(values.values()):
            session.add(ProductText(product_id=product_id, language=language, **values))
    elif base == 0:  # it came from elsewhere while this was typed
        for column, value in values.items():
            if getattr(row, column) not in ("", value):
                raise changed_elsewhere(column)
            setattr(row, column, value)
    else:
        change_row(session, ProductText, row.id, base, values)
    session.flush()
    if row is not None and not any(getattr(row, column) for column in COLUMNS):
        session.delete(row)
        session.flush()
    note(session, product)
    session.flush()


def _find(session: Session, product_id: int, language: str) -> ProductText | None:
    here = (ProductText.product_id == product_id, ProductText.language == language)
    return session.scalar(select(ProductText).where(*here))
