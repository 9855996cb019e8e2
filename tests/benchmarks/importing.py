"""How fast items come in, beside Anki's import of the same rows: a part of `bench.py`, or
`python tests/benchmarks/importing.py` alone.

Each is a whole process, from its start to its end. Anki, which is no dependency, is found through ANKI_PYTHON, the
Python of an environment that has it (`pip install anki`); without it its ratio is left out.
"""

import csv
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import missed, show

ROOT = Path(__file__).parents[2]
ROUNDS = 3
WORDS = ("bread", "cake", "tea", "coffee", "honey", "خبز", "كعك", "شاي", "قهوة", "عسل", "أرز", "زيت", "صابون", "قميص")
# Not getrusage's ru_maxrss: that begins with what the process that started this one has.
RUN = """
import re, sys, time
from pathlib import Path
began = time.perf_counter()
from desktop import cli
code = cli.main(sys.argv[1:])
spent = time.perf_counter() - began
print(code, spent, int(re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024)
"""
ANKI = """
import csv, os, sys, tempfile, time
began = time.perf_counter()
from anki.collection import Collection, ImportCsvRequest
with tempfile.TemporaryDirectory() as folder:
    collection = Collection(os.path.join(folder, "c.anki2"))
    columns = next(csv.reader(open(sys.argv[1], encoding="utf-8")))
    kind = collection.models.new("feed")
    for column in columns:
        collection.models.add_field(kind, collection.models.new_field(column))
    template = collection.models.new_template("Card")
    template["qfmt"], template["afmt"] = "{{id}}", "{{title}}"
    collection.models.add_template(kind, template)
    collection.models.add(kind)
    metadata = collection.get_csv_metadata(sys.argv[1], None)
    metadata.global_notetype.id = collection.models.by_name("feed")["id"]
    del metadata.global_notetype.field_columns[:]
    metadata.global_notetype.field_columns.extend(range(1, len(columns) + 1))
    collection.import_csv(ImportCsvRequest(path=sys.argv[1], metadata=metadata))
    collection.close()
print(0, time.perf_counter() - began, 0)
"""


def write_feed(path: Path, count: int) -> None:
    """Write a feed of `count` items in Arabic and English."""
    choose = random.Random(count)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "title", "description", "availability", "condition", "price", "brand", "sale_price"))
        for n in range(count):
            words = choose.choices(WORDS, k=6)
            price = choose.randrange(5, 3600) / 4
            sale = f"{price * 0.8:.2f} AED" if n % 10 == 0 else ""
            about = f"{' '.join(words[3:])}, handmade" if n % 3 else ""
            title = f"{' '.join(words[:3])} {n}"
            writer.writerow((f"SKU-{n:06}", title, about, "in stock", "new", f"{price:.2f} AED", "", sale))


def run(python: str, code: str, *words: str) -> tuple[float, float]:
    """Return how long a process takes, in ms, and the most memory it had, in MiB."""
    found = subprocess.run([python, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    _code, seconds, memory = found.stdout.split()[-3:]
    return float(seconds) * 1000, float(memory)


def measure(folder: Path) -> None:
    """Measure an import of 10,000 and 100,000 rows, the dry run of these, and Anki's import of them if it is there."""
    few, many = 10_000, 100_000
    times: dict[int, list[float]] = {few: [], many: []}
    dry: list[float] = []
    anki: list[float] = []
    memory = 0.0
    for count in times:
        write_feed(folder / f"{count}.csv", count)
    for turn in range(ROUNDS):
        for count, found in times.items():
            feed, shop = str(folder / f"{count}.csv"), str(folder / f"{count}-{turn}.dukkan")
            run(sys.executable, RUN, "new", shop, "--territory", "AE", "--currency", "AED")
            if count == many:
                dry.append(run(sys.executable, RUN, "import", shop, feed, "--dry-run")[0])
            spent, most = run(sys.executable, RUN, "import", shop, feed)
            found.append(spent)
            memory = max(memory, most)
        if python := os.environ.get("ANKI_PYTHON"):
            anki.append(run(python, ANKI, str(folder / f"{many}.csv"))[0])
    whole = min(times[many])
    if anki:
        show(f"{many:,} rows imported by Anki", min(anki))
    show(f"{many:,} rows imported", whole, *((whole / min(anki), 1.5) if anki else ()))
    show("the same, to a tenth of the rows", whole, whole / min(times[few]), 11)
    show("their dry run, to the import", min(dry), min(dry) / whole, 0.5)
    show("the most memory of an import", memory, most=300, unit="MiB")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        os.environ["DUKKAN_HOME"] = str(Path(name) / "home")
        measure(Path(name))
    sys.exit(1 if missed else 0)
