"""Lists of items in JSON: plain lists of objects, and Dukkan's own export."""

import json
from typing import Any

from desktop.exchange.tables import BadTable, Problem, Table, table_of
from desktop.i18n import _, formats

LISTS = ("items", "products", "data", "results", "catalog")
OWN = {"code": "id", "name": "title", "quantity": "quantity_to_sell_on_facebook"}
DEEPEST = 1  # objects in objects that become columns such as "price amount"


def read_json(data: bytes) -> Table:
    """Return a list of objects as a table, a column for each key. Raises BadTable."""
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_int=str, parse_float=str, parse_constant=str)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadTable(_("This JSON file cannot be read. Save it again, or as CSV.")) from error
    own = isinstance(document, dict) and document.get("format") == "dukkan"
    found = _list(document)
    objects = [item for item in found if isinstance(item, dict)]
    if not objects:
        raise BadTable(_("This JSON file has no list of items."))
    warnings = []
    if len(objects) < len(found):
        message = _("{n} entries of the list are no items, and were left out.")
        sentence = message.format(n=formats.number(len(found) - len(objects)))
        warnings.append(Problem(1, "", "entry_skipped", sentence, warning=True))
    rows = [_own(item) if own else _flat(item) for item in objects]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return table_of([columns, *([row.get(name, "") for name in columns] for row in rows)], warnings)


def _list(document: Any) -> list[Any]:
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        for name in LISTS:
            if isinstance(document.get(name), list):
                return list(document[name])
        return next((value for value in document.values() if isinstance(value, list)), [])
    return []


def _flat(item: dict[str, Any], before: str = "", depth: int = 0) -> dict[str, str]:
    row: dict[str, str] = {}
    for key, value in item.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and depth < DEEPEST:
            row |= _flat(value, f"{name} ", depth + 1)
        elif isinstance(value, list):
            row[name] = ",".join(str(part) for part in value if isinstance(part, str))
        elif isinstance(value, bool):
            row[name] = "true" if value else "false"
        elif isinstance(value, str):
            row[name] = value
    return row


def _own(item: dict[str, Any]) -> dict[str, str]:
    """Return an item of Dukkan's own export by the names of a feed."""
    currency = str(item.get("currency") or "")
    row = {OWN.get(name, name): value for name, value in item.items() if isinstance(value, str) and value}
    for name in ("price", "sale_price"):
        if isinstance(item.get(name), str):
            row[name] = f"{item[name]} {currency}".strip()
    row["status"] = "archived" if item.get("hidden") is True else "active"
    groups = item.get("collections")
    if isinstance(groups, list):
        row["collection"] = "\n".join(group for group in groups if isinstance(group, str))
    pictures = item.get("pictures")
    addresses = (
        [p["url"] for p in pictures if isinstance(p, dict) and p.get("url")] if isinstance(pictures, list) else []
    )
    if addresses:
        row["image_link"], row["additional_image_link"] = addresses[0], ",".join(addresses[1:])
    return {name: row[name] for name in row if name not in ("id_", "currency", "extra")}
