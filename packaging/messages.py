"""Collects the program's sentences into translations/dukkan.pot and brings every .po file up to date (`make messages`).

They are read from the syntax of the code: Babel's own extraction, which reads its letters, takes three times as long,
takes the key in `_(TITLES["name"])` for a sentence, and misses what is inside an f-string.
The headers of the .po files stay as they are: their plural rules were chosen by hand. Dates and line numbers are left
out, so that only a change of words changes a file.
"""

import ast
import re
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
MARKS = {"_": 1, "N_": 1, "ngettext": 2, "pgettext": 2}  # how many of the arguments are words
MARK = re.compile(r"\b(?:" + "|".join(MARKS) + r")\(")
HEADER = r"""# The sentences of Dukkan. Written by `make messages`; translations are in */LC_MESSAGES/dukkan.po.
msgid ""
msgstr ""
"Project-Id-Version: dukkan\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"""


@cache
def calls(code: str) -> list[ast.Call]:
    """Return every call in `code` that marks a sentence for translation, in the order of the code."""
    if not MARK.search(code):  # as in a third of the files: to parse one takes long
        return []
    found = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    found.sort(key=lambda call: (call.lineno, call.col_offset))
    return [call for call in found if isinstance(call.func, ast.Name) and call.func.id in MARKS]


def template(folder: Path = ROOT / "desktop") -> Catalog:
    """Return every sentence that the code in `folder` marks for translation, with the file it stands in."""
    catalog = Catalog()
    for path in sorted(folder.rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        lines = code.splitlines()
        place = (path.relative_to(folder.parent).as_posix(), 1)
        for call in calls(code):
            assert isinstance(call.func, ast.Name)
            words = [part.value for part in call.args if isinstance(part, ast.Constant)][: MARKS[call.func.id]]
            if not words:  # it is marked where it is written
                continue
            context = words.pop(0) if call.func.id == "pgettext" else None
            sentence = words[0] if len(words) == 1 else tuple(words)
            catalog.add(sentence, locations=[place], auto_comments=_remark(lines[: call.lineno - 1]), context=context)
    return catalog


def _remark(above: list[str]) -> list[str]:
    """Return what the comment right above a sentence tells translators, of all the lines above."""
    remark: list[str] = []
    for line in map(str.strip, reversed(above)):
        if not line.startswith("#"):
            break
        remark.insert(0, line[1:].strip())
        if remark[0].startswith("TRANSLATORS:"):
            return remark
    return []


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
