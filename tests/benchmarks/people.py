"""How fast a customer is found among many: each search to the end of its painting, and how long everybody takes.

`bench.py` calls `measure`; by itself, `python tests/benchmarks/people.py SHOP` prints ms of a shop, one a line.
"""

# ruff: noqa: E402

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(ROOT))

from measuring import timed

COUNT = 100_000
NAMES = ("نورة", "أحمد", "فاطمة", "محمد", "خالد", "مريم", "Noura", "Ahmed", "Fatima", "Sara", "Omar", "Ana", "Raj")
FAMILIES = ("المنصوري", "الفلاسي", "الكعبي", "حداد", "Al-Mansoori", "Haddad", "Khan", "Fernandes", "Sharma", "Smith")
TYPED = {  # what is typed, all of it at once
    "common name": "noura",
    "common Arabic name": "كعبي",
    "in every note": "likes",
    "rare word": "zebra",
    "part of a number": "050 123",
    "whole number": "+971 50 765 4321",
    "nobody": "xyzzy",
}
ROUNDS = 9


def measure(show: Callable[..., None], folder: Path) -> None:
    """Measure all of it with a shop of its own."""
    shop = new_shop(folder / "people.dukkan")
    lines = subprocess.run([sys.executable, __file__, str(shop)], capture_output=True, text=True, check=True).stdout
    for what, line in zip(TYPED, lines.splitlines(), strict=True):
        show(f"a customer among {COUNT:,}, painted: {what}", float(line), most=16)


def new_shop(path: Path) -> Path:
    """Make a shop with COUNT customers and their labels."""
    from sqlalchemy.orm import Session

    from desktop.data.many import insert_rows
    from desktop.data.models import Customer, CustomerLabel
    from desktop.services.customers import customer_keys
    from desktop.services.labels import add_first_labels, list_labels
    from desktop.services.profile import update_profile
    from desktop.services.shop import create_shop

    def fill(session: Session) -> None:
        update_profile(session, name="Bench", territory="AE", currency="AED", phone="+971501234567")
        add_first_labels(session)
        labels = [label.id for label in list_labels(session)]
        chance = random.Random(6)
        rows = []
        for i in range(COUNT):
            number = f"97150{chance.randrange(10**7):07}"
            note = "likes zebra cakes" if i % 5_000 == 7 else "likes blue ribbons"
            values = {"name": f"{chance.choice(NAMES)} {chance.choice(FAMILIES)} {i}", "phone": number, "note": note}
            search_key, sort_key = customer_keys(values)
            at = 1_760_000_000 + chance.randrange(3 * 10**7)
            rows.append({**values, "search_key": search_key, "sort_key": sort_key, "last_contact_at": at})
        ids = insert_rows(session, Customer, rows)
        tagged = [{"customer_id": one, "label_id": chance.choice(labels)} for one in ids[::2]]
        insert_rows(session, CustomerLabel, tagged)

    create_shop(path, fill)
    return path


def search(shop: Path) -> None:
    """Type in the page of a window, and print how long each search took to the end of its painting."""
    from browsing import wait
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from desktop.data.database import Database
    from desktop.ui import theme
    from desktop.ui.context import Context
    from desktop.ui.pages.customers import CustomersPage

    application = QApplication([])
    theme.apply(application, "light")
    context = Context(Database(shop))
    page = CustomersPage(context)
    page.resize(1108, 840)
    page.show()

    def settle() -> None:
        while page._job or page.filters._job:
            wait(5)

    def look_for(typed: str) -> float:
        page.search.setText("")
        QTest.keyClick(page.search, Qt.Key.Key_Return)
        settle()
        page.search.setText(typed)
        took = timed(lambda: QTest.keyClick(page.search, Qt.Key.Key_Return))  # which paints what it finds at once
        settle()
        return took

    settle()
    for typed in TYPED.values():
        print(median(look_for(typed) for _ in range(ROUNDS)), flush=True)
    context.close()
    os._exit(0)


if __name__ == "__main__":
    search(Path(sys.argv[1]))
