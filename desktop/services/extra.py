"""What a contact card says and no field of a customer keeps: lines by the names of their properties, as JSON."""

import json
from collections.abc import Mapping


def merged_extra(kept: str, more: str | Mapping[str, str]) -> str:
    """Return the JSON of `extra` with further lines for each name."""
    found = extra_of(kept)
    for name, text in (extra_of(more) if isinstance(more, str) else more).items():
        lines = [line for line in [*found.get(name, "").split("\n"), *text.split("\n")] if line]
        found[name] = "\n".join(dict.fromkeys(lines))
    return json.dumps(found, ensure_ascii=False) if found else ""


def extra_of(kept: str) -> dict[str, str]:
    """Return what `extra` of a customer says by name, one line for each value; {} for what is nothing of the kind."""
    try:
        found = json.loads(kept) if kept else {}
    except ValueError:
        return {}
    return {str(name): str(text) for name, text in found.items()} if isinstance(found, dict) else {}
