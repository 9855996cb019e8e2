"""Usernames on WhatsApp: what one may look like, as published in June 2026 with their reservation."""

import re

from desktop.i18n import _, bidi, formats
from desktop.i18n.places import territories
from desktop.services.errors import Invalid
from desktop.services.limits import limit

# Of the ends that web addresses have, those that are not a country's two letters.
ENDINGS = frozenset(("app", "biz", "com", "dev", "edu", "gov", "info", "int", "mil", "net", "online", "org", "shop",
                     "site", "store", "web", "xyz", "eu", "uk"))  # fmt: skip


def parse_username(typed: str) -> str:
    """Return a username as it is kept, small letters without @; "" for "". Raises Invalid("username", why).

    It may be typed with @ or pasted as a link. Small a to z, digits, periods and low lines are allowed, one letter at
    least; no period at either end or beside another, no www in front and no web address's end.
    """
    name = re.sub(r"(?i)^(https?://)?(wa\.me/)?@?", "", bidi.strip(typed).strip()).lower()
    if not name:
        return ""
    least, most = limit("link.username_at_least"), limit("link.username")
    if not re.fullmatch(r"[a-z0-9._]+", name):
        sentence = _("A username has only the letters a to z, digits, periods and _. Change what else is in it.")
    elif not least <= len(name) <= most:
        sentence = _("A username has {least} to {most} characters, and this one has {n}.")
        numbers = {"least": least, "most": most, "n": len(name)}
        sentence = sentence.format(**{key: formats.number(number) for key, number in numbers.items()})
    elif not re.search("[a-z]", name):
        sentence = _("A username needs at least one letter.")
    elif name.startswith(".") or name.endswith(".") or ".." in name:
        sentence = _("In a username no period comes first or last, nor beside another one.")
    elif name.startswith("www"):
        sentence = _("A username cannot begin with www.")
    elif _is_ending(name.rpartition(".")[2]) and "." in name:
        ending = formats.ltr(f".{name.rpartition('.')[2]}")
        sentence = _("A username cannot end like a web address, here in {ending}.").format(ending=ending)
    else:
        return name
    raise Invalid("username", sentence)


def _is_ending(word: str) -> bool:
    return word in ENDINGS or word.upper() in dict(territories())
