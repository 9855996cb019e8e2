"""How fast the catalog is printed: 500 illustrated items, against WeasyPrint with the same page where it is installed.

WeasyPrint is no dependency: `DUKKAN_WEASYPRINT` names a Python that has it. `bench.py` calls `measure`; by itself,
`python tests/benchmarks/printing.py` measures with a shop of its own.
"""

# ruff: noqa: E402

import html
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from shops import new_shop

from desktop.data.database import Database
from desktop.data.models import Blob
from desktop.exchange.catalog_pdf import Layout, write_pdf
from desktop.exchange.offer import Choice, Offer, read_offer
from desktop.exchange.spreadsheet import write_spreadsheet

ITEMS = 500
ROUNDS = 3
OTHER = "DUKKAN_WEASYPRINT"
STYLE = """
@page { size: A4; margin: 20mm 14mm 17mm; @bottom-right { content: counter(page) } }
body { font: 9.5pt "Noto Sans", "Noto Kufi Arabic", sans-serif }
article { border: .5pt solid #ccc; break-inside: avoid; display: inline-block; width: 31%; vertical-align: top }
img { width: 100%; height: 46mm; object-fit: contain } p { margin: 1mm 2.5mm } b { color: #0b6e63 }
"""  # a grid takes WeasyPrint ten times as long
WRITE = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_tags=True)"

Show = Callable[..., None]  # what, value in ms, ratio and goal: as `measuring.show`


def measure(show: Show) -> None:
    """Measure all of it with a shop of its own."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shop = home / "shop.dukkan"
        new_shop(shop, ITEMS, pictures=True)
        database = Database(shop, read_only=True)
        with database.reader() as session:
            spans = [_timed(lambda: write_pdf(session, home / "a.pdf", layout=Layout(3))) for _ in range(ROUNDS)]
            sheet = [_timed(lambda: write_spreadsheet(session, home / "a.xlsx")) for _ in range(ROUNDS)]
            page = _page(session, read_offer(session, Choice()), home)
        database.close()
        ratio = median(spans) / _weasyprint(page, home / "b.pdf") if os.environ.get(OTHER) else 0
        show(f"PDF of {ITEMS} illustrated items", median(spans), ratio, 0.2 if ratio else 0)
        show(f"spreadsheet of {ITEMS} items", median(sheet))


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _page(session: object, offer: Offer, home: Path) -> Path:
    """Write what is printed as a page of HTML, with the same pictures."""
    cards = []
    for article in offer.articles:
        for digest in article.pictures[:1]:
            picture = home / f"{digest}.jpg"
            if not picture.exists():
                picture.write_bytes(session.get(Blob, digest).thumbnail)  # type: ignore[attr-defined]
            name = html.escape(article.name("en"))
            cards.append(
                f'<article><img src="{picture.name}" alt="{name}"><p><strong>{name}</strong></p>'
                f"<p><b>{article.price_text('en')}</b></p><p>{html.escape(article.description('en'))}</p>"
                f"<p><small>{html.escape(article.code)}</small></p></article>"
            )
    page = home / "page.html"
    page.write_text(
        f"<!doctype html><html lang=en><title>x</title><style>{STYLE}</style><main>{''.join(cards)}</main>", "utf-8"
    )
    return page


def _weasyprint(page: Path, out: Path) -> float:
    command = [os.environ[OTHER], "-c", WRITE, str(page), str(out)]
    return median(_timed(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(ROUNDS))


def _print(what: str, value: float, ratio: float = 0, goal: float = 0) -> None:
    times = f"{ratio:.3f} × (≤ {goal:g})" if ratio else ""
    print(f"{what:<46} {value:10.1f} ms  {times}", flush=True)


if __name__ == "__main__":
    measure(_print)
