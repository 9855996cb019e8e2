"""How fast a feed is written: a line of the benchmarks of `bench.py`, or `python tests/benchmarks/feed.py` alone."""

import csv
import io
import sys
import tempfile
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

# ruff: noqa: E402

from measuring import missed, rounds, show, timed
from sqlalchemy.orm import Session

from desktop.data.database import Database
from desktop.data.migrations.upgrade import create_sqlite
from desktop.exchange.feed import write_feed
from desktop.exchange.feed_rows import FeedRows
from desktop.exchange.importing import import_feed
from desktop.exchange.incoming import Feed
from desktop.services.profile import update_profile

COUNT = 100_000


def measure(folder: Path) -> None:
    """Measure a feed of items with all that Meta asks for, against the bare csv module writing the same cells."""
    path = folder / "feed.dukkan"
    create_sqlite(path)
    database = Database(path)
    database.run("Fill", _fill)
    with database.reader() as session:
        out = io.BytesIO()
        write_feed(session, out)
        print(f"{COUNT:,} rows of {len(FeedRows(session).columns)} columns, {len(out.getvalue()) / 1e6:.0f} MB")
        rows = list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))
        bare, written = rounds(
            5, partial(timed, partial(_bare, rows)), partial(timed, partial(write_feed, session, io.BytesIO()))
        )
    database.close()
    show(f"{COUNT:,} rows by the bare csv module", bare[0])
    show(f"{COUNT:,} rows of a feed, checked", *written, 3)


def _fill(session: Session) -> None:
    update_profile(session, territory="AE", currency="AED", time_zone="Asia/Dubai")
    rows = [
        (
            number + 2,
            {
                "id": f"SKU-{number:06}",
                "title": f"حقيبة يد من القماش رقم {number}",
                "description": f"قماش مشمّع يقاوم رذاذ المطر، قاعدة ومقابض من الجلد الطبيعي. الموديل {number}.",
                "price": f"{number % 977 + 20}.50 AED",
                "link": f"https://shop.example/items/{number}",
                "image_link": f"https://shop.example/pictures/{number}.jpg",
                "brand": "بيت الهدايا",
                **({"sale_price": f"{number % 977 + 10} AED"} if number % 4 == 0 else {}),
            },
        )
        for number in range(COUNT)
    ]
    import_feed(session, Feed(rows))


def _bare(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    io.BytesIO().write(out.getvalue().encode())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        measure(Path(name))
    sys.exit(1 if missed else 0)
