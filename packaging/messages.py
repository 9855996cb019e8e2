"""Collects the program's sentences into translations/dukkan.pot and brings every .po file up to date (`make messages`).

The headers of the .po files stay as they are: their plural rules were chosen by hand. Dates and line numbers are left
out, so that only a change of words changes a file.
"""

import ast
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = r"""# The sentences of Dukkan. Written by `make messages`; translations are in */LC_MESSAGES/dukkan.po.
msgid ""
msgstr ""
"Project-Id-Version: dukkan\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"""


def template() -> Catalog:
    """Return every sentence that the code marks for translation, with the file it stands in."""
    catalog = Catalog()
    found = extract_from_dir(ROOT / "desktop", keywords=KEYWORDS, comment_tags=("TRANSLATORS:",))
    for file, _line, message, comments, context in found:
        # Babel takes the key in `_(TITLES["name"])` for a sentence too.
        if (message if isinstance(message, str) else message[0]) not in _literals(ROOT / "desktop" / file):
            continue
        catalog.add(message, locations=[(f"desktop/{file}", 1)], auto_comments=comments, context=context)
    return catalog


@cache
def _literals(path: Path) -> set[object]:
    """Return what the calls in a file are given as it stands."""
    calls = [node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Call)]
    return {argument.value for call in calls for argument in call.args if isinstance(argument, ast.Constant)}


def text(catalog: Catalog, header: str) -> str:
    """Return `catalog` as the text of a .po file under `header`."""
    output = BytesIO()
    write_po(output, catalog, width=110, sort_by_file=True, include_lineno=False, omit_header=True)
    return f"{header.strip()}\n\n{output.getvalue().decode().strip()}\n"


def updated(po: str, current: Catalog) -> str:
    """Return the text of a .po file with the sentences of `current`; obsolete ones go to its end as comments."""
    catalog = read_po(BytesIO(po.encode()))
    catalog.update(current, no_fuzzy_matching=True)
    return text(catalog, header=po.partition("\n\n")[0])


def main() -> None:
    """Write translations/dukkan.pot and every dukkan.po."""
    current = template()
    folder = ROOT / "translations"
    (folder / "dukkan.pot").write_text(text(current, HEADER), encoding="utf-8")
    for path in sorted(folder.glob("*/LC_MESSAGES/dukkan.po")):
        path.write_text(updated(path.read_text(encoding="utf-8"), current), encoding="utf-8")


if __name__ == "__main__":
    main()
