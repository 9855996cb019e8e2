"""Items that are proposed before they are added: from a message, from rows of a table, from photos."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.data.models import Product
from desktop.i18n import _, formats
from desktop.services.catalog import add_product
from desktop.services.errors import Invalid
from desktop.services.limits import measure
from desktop.services.pictures import attach_pictures
from desktop.services.prices import check_sale

CAMERA = re.compile(  # what cameras, phones and chats call a picture: such a name says nothing of the item
    r"(?:img|image|photo|pic|picture|dsc[fn]?|dscn|pxl|vid|mvimg|screenshot|snapchat|whatsapp image|received|fb_img|"
    r"صورة|صوره|لقطة شاشة|untitled|scan|signal|telegram|copy of)?"
    r"(?:[\d_\W]|at|am|pm|wa\d*|ص|م|copy|edit(?:ed)?)*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(.*?\S)[\s_-]*(?:[\s_-]|\()(\d{1,2})\)?$")
_CODE = re.compile(r"[A-Z]{1,6}[-_]?\d{1,6}(?:[-_][A-Z0-9]{1,4})?", re.IGNORECASE)


@dataclass(frozen=True)
class Draft:
    """An item that is not in the shop yet. Prices are in the smallest unit of `currency`, "" being the shop's.

    `files` are the pictures that belong to it, by whatever they are named by until they are kept. `doubts` are
    sentences about what could not be read, or was left out.
    """

    name: str = ""
    price: int | None = None
    sale_price: int | None = None
    currency: str = ""
    code: str = ""
    description: str = ""
    files: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def drafts_of_photos(names: Sequence[str], together: bool = True) -> list[Draft]:
    """Return one draft for each picture file, or, with `together`, for those whose names differ in a last number.

    BAG-1.jpg and BAG-2.jpg are one item. What a camera has called them is no name: it is empty then.
    Order is that of the names, as people count: 2 before 10.
    """
    groups: dict[str, list[str]] = {}
    for file in sorted(names, key=_counted):
        stem = _stem(file)
        numbered = _NUMBERED.fullmatch(stem)
        base = numbered[1] if together and numbered and not CAMERA.fullmatch(numbered[1]) else ""
        groups.setdefault(base.casefold() or f"\0{file}", []).append(file)
    if together:
        _join_bare(groups)
    return [_of_photos(files, together) for files in groups.values()]


def doubts_of(session: Session, drafts: Sequence[Draft], currency: str) -> list[str]:
    """Return for each draft what keeps it from being added, in one sentence, or "". `currency` is the shop's."""
    codes = [draft.code for draft in drafts if draft.code]
    taken = {
        code: name
        for some in (codes[at : at + 500] for at in range(0, len(codes), 500))
        for code, name in session.execute(select(Product.code, Product.name).where(Product.code.in_(some)))
    }
    seen: set[str] = set()
    complaints = []
    for draft in drafts:
        complaints.append(_complaint(draft, taken, seen, currency))
        if draft.code:
            seen.add(draft.code)
    return complaints


def add_drafts(session: Session, drafts: Sequence[Draft], hidden: bool = False) -> list[int]:
    """Add an item for each draft, whose files are digests of pictures that are kept; return their ids.

    Raises Invalid, with nothing added, if one cannot be.
    """
    added = []
    for draft in drafts:
        product = add_product(
            session,
            draft.name or _("New item"),
            price=draft.price,
            sale_price=draft.sale_price,
            currency=draft.currency,
            code=draft.code,
            description=draft.description,
            hidden=hidden,
        )
        attach_pictures(session, product, list(draft.files))
        added.append(product)
    return added


def _complaint(draft: Draft, taken: dict[str, str], seen: set[str], currency: str) -> str:
    if draft.code in seen:
        return _("The code {code} stands above already. Give this item a code of its own.").format(
            code=formats.ltr(draft.code)
        )
    if draft.code in taken:
        return _("The code {code} is used by {name}. Choose another one.").format(
            code=formats.ltr(draft.code), name=formats.auto(taken[draft.code])
        )
    gauge = measure("catalog.name", draft.name)
    if gauge.state == "over":
        return _("The name is too long for a catalog. Shorten it.")
    try:
        check_sale("sale_price", draft.price, draft.sale_price, draft.currency or currency)
    except Invalid as error:
        return error.message
    return ""


# Photos


def _of_photos(files: list[str], together: bool) -> Draft:
    stem = _stem(files[0])
    if together and len(files) > 1 and (numbered := _NUMBERED.fullmatch(stem)):
        stem = numbered[1]
    if CAMERA.fullmatch(stem):
        return Draft(files=tuple(files))
    code = stem.upper() if _CODE.fullmatch(stem) else ""
    name = " ".join(re.sub(r"[_+]+|(?<=\w)-(?=[^\W\d])|(?<=[^\W\d])-(?=\w)", " ", stem).split())
    return Draft(name="" if code else name[:1].upper() + name[1:], code=code, files=tuple(files))


def _join_bare(groups: dict[str, list[str]]) -> None:
    """Put `bag.jpg` before `bag-2.jpg`, where there is one of each."""
    for key in [key for key in groups if key.startswith("\0")]:
        base = _stem(key[1:]).casefold()
        if base in groups:
            groups[base] = groups.pop(key) + groups[base]


def _stem(file: str) -> str:
    name = re.split(r"[\\/]", file)[-1]
    return name.rsplit(".", 1)[0].strip() if "." in name[1:] else name.strip()


def _counted(file: str) -> list[tuple[int, str]]:
    """Return a key that sorts numbers in names as numbers, whatever stands between words."""
    words = re.sub(r"[\W_]+", " ", _stem(file)).strip().casefold()
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", words)]
