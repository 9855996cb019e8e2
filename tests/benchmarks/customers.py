"""How fast contact cards come in, beside vobject's parsing of them alone: `python tests/benchmarks/customers.py`.

Each is a whole process. vobject, which is no dependency, is found through VOBJECT_PYTHON, the Python of an environment
that has it (`pip install vobject`); without it there is nothing to compare with.
"""

import os
import random
import sys
import tempfile
from collections.abc import Callable
from operator import truediv
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))

from importing import RUN, measure
from measuring import missed, show

Show = Callable[..., None]

COUNT = 50_000
NAMES = ("نورة", "فاطمة", "سارة", "أحمد", "Mona", "Khalid", "Ali", "ريم")
CARD = """BEGIN:VCARD\r
VERSION:3.0\r
N:{last};{first} {n};;;\r
FN:{first} {n} {last}\r
ORG:Rose {shop};\r
TEL;type=CELL;type=VOICE;waid=9715{n:08}:+971 5{n:08}\r
TEL;TYPE=HOME:04{home}\r
EMAIL;TYPE=INTERNET:c{n}@example.com\r
ADR;TYPE=HOME:;;Street {shop};Dubai;;;UAE\r
NOTE:likes roses\\, and {first}\r
BDAY:1990-05-14\r
CATEGORIES:VIP\r
END:VCARD\r
"""
VOBJECT = """
import sys, time
began = time.perf_counter()
import vobject
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    cards = list(vobject.readComponents(file.read()))
print(len(cards), time.perf_counter() - began, 0)
"""
READ = """
import sys, time
began = time.perf_counter()
from desktop.exchange.vcard import read_vcards
with open(sys.argv[1], "rb") as file:
    contacts = read_vcards(file)
print(len(contacts.people), time.perf_counter() - began, 0)
"""


def write_cards(path: Path, count: int) -> None:
    """Write cards of `count` people in Arabic and English, as an iPhone does."""
    choose = random.Random(count)
    with path.open("w", encoding="utf-8", newline="") as file:
        for n in range(count):
            first, last = choose.choices(NAMES, k=2)
            file.write(CARD.format(n=n, first=first, last=last, shop=n % 97, home=2_000_000 + n))


def compare(show: Show, folder: Path, rounds: int = 3) -> None:
    """Show how long reading, and the whole import, take beside vobject's parsing; nothing without VOBJECT_PYTHON."""
    python = os.environ.get("VOBJECT_PYTHON")
    if not python:
        return
    cards = folder / "cards.vcf"
    write_cards(cards, COUNT)
    times: list[list[float]] = [[], [], []]
    for turn in range(rounds):
        shop = str(folder / f"cards-{turn}.dukkan")
        measure(sys.executable, RUN, "new", shop, "--territory", "AE", "--currency", "AED")
        times[0].append(measure(python, VOBJECT, str(cards))[0])
        times[1].append(measure(sys.executable, READ, str(cards))[0])
        times[2].append(measure(sys.executable, RUN, "import-customers", shop, str(cards))[0])
    ratios = [median(map(truediv, column, times[0])) for column in times]
    show(f"{COUNT:,} contact cards, parsed by vobject", median(times[0]) * 1000)
    show("the same, read", median(times[1]) * 1000, ratios[1], 1)
    show("the same, imported whole", median(times[2]) * 1000, ratios[2], 1)


def main() -> int:
    """Measure and print; return 1 if a goal is missed."""
    with tempfile.TemporaryDirectory() as name:
        os.environ.setdefault("DUKKAN_HOME", name)
        compare(show, Path(name))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
