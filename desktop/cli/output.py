"""Where output goes: data to standard output, words for a person to standard error."""

import io
import json
import os
import sys
from typing import Any

from desktop import i18n
from desktop.i18n import bidi

# What a terminal takes for an order: a name in a file of somebody else's must not move the cursor or rename the window.
ORDERS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}


def use_utf8() -> None:
    """Write UTF-8 whatever the system's own encoding is; what is no text at all never stops a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def plain(sentence: str) -> str:
    """Return a sentence as terminals and programs want it: with marks of direction only where they are needed."""
    return sentence if i18n.is_rtl() else bidi.strip(sentence)


def say(sentence: str) -> None:
    """Tell the user something; what a terminal would obey is written as it is spelled."""
    print(plain(sentence).translate(ORDERS), file=sys.stderr)


def command(*words: str) -> str:
    """Return a command of ours as it is typed, in quotation marks where a word has spaces, say; set apart."""
    import shlex
    import subprocess

    typed = ["dukkan", *words]
    return bidi.ltr(subprocess.list2cmdline(typed) if os.name == "nt" else shlex.join(typed))


def put(line: str) -> None:
    """Write a line of data, on one line whatever it holds, with nothing that a terminal would obey if this is one."""
    text = bidi.strip(line).replace("\r", " ").replace("\n", " ")
    print(text.translate(ORDERS) if sys.stdout and sys.stdout.isatty() else text)


def put_json(data: Any) -> None:
    """Write data as JSON, readable in every script."""
    print(json.dumps(data, ensure_ascii=False, indent=2))
