"""How the catalog of each shop was looked at last on this computer: filtered by what, in which order, as cards or rows.

Not the words one searched for: whoever comes back the next day has forgotten them, and would miss items.
"""

import json
from hashlib import sha256

from desktop.services.errors import Invalid
from desktop.services.where import SORTS, Search, conditions
from desktop.ui import window_state
from desktop.ui.context import Context


def restore(context: Context) -> tuple[Search, bool]:
    """Return what was kept, and whether the items were shown as a list; what means nothing any more is left out."""
    try:
        kept = json.loads(str(window_state.settings().value(_key(context), "{}")))
        terms = tuple(str(term) for term in kept.get("terms", ()))
        context.get(conditions, terms)
    except (ValueError, AttributeError, TypeError, Invalid):
        return Search(), False
    sort = kept.get("sort", "")
    return Search(terms=terms, sort=sort if sort in SORTS else ""), kept.get("list") is True


def keep(context: Context, search: Search, as_list: bool) -> None:
    """Keep it for the next time; nothing is written that would be taken for granted."""
    kept, settings = _packed(search, as_list), window_state.settings()
    if kept != settings.value(_key(context), _packed(Search(), False)):
        settings.setValue(_key(context), kept)


def _packed(search: Search, as_list: bool) -> str:
    return json.dumps({"terms": search.terms, "sort": search.sort, "list": as_list})


def _key(context: Context) -> str:
    """Return where what belongs to this shop is kept: no file's name and no address of a server."""
    return f"catalog/{sha256(str(context.database.where).encode()).hexdigest()[:16]}"
