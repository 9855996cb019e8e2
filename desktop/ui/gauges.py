"""What fields say of WhatsApp's limits while one types."""

from collections.abc import Callable

from desktop.i18n import formats, ngettext
from desktop.services import limits


def characters(key: str, always: bool = True) -> Callable[[str], tuple[str, str]]:
    """Return what a field measures its text with: "72 of 512 characters", and whether that is near or over.

    Nothing is said of an empty text, and unless `always` of one that is far from the limit. `key` is that of a limit,
    such as "profile.about".
    """

    def measure(text: str) -> tuple[str, str]:
        gauge = limits.measure(key, text)
        if not gauge.length or (gauge.state == "ok" and not always):
            return "", "ok"
        # TRANSLATORS: {of} is "72 of 512"; the plural is by the second number.
        sentence = ngettext("{of} character", "{of} characters", gauge.limit)
        return sentence.format(of=formats.of(gauge.length, gauge.limit)), gauge.state

    return measure
