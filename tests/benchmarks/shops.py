"""The shops that are measured with: many items, with names as shops have them, and pictures."""

import io
from pathlib import Path

from PIL import Image
from sqlalchemy import insert
from sqlalchemy.orm import Session

from desktop.data.blobs import store
from desktop.data.database import Database
from desktop.data.migrations.upgrade import create_sqlite
from desktop.data.models import Picture, Product
from desktop.data.position import after
from desktop.data.search import search_key, sort_key
from desktop.services import profile

WORDS = ("bread", "cake", "tea", "coffee", "honey", "خبز", "كعك", "شاي", "قهوة", "عسل", "أرز", "زيت", "صابون", "قميص")
PICTURES = 60  # different ones: more than are in sight


def new_shop(path: Path, count: int, pictures: bool = False) -> Path:
    """Make a shop with `count` items, each with a picture if wanted."""
    create_sqlite(path)
    database = Database(path)
    database.run("Home", profile.update_profile, name="Bench", territory="AE", currency="AED", phone="+971501234567")
    database.run("Fill", _fill, count)
    if pictures:
        database.run("Illustrate", _illustrate, count)
    database.begin_history()
    database.close()
    return path


def _fill(session: Session, count: int) -> None:
    blank = dict.fromkeys(["description", "currency", "link", "brand", "origin_country", "whatsapp_id", "extra"], "")
    blank |= {"version": 1, "hidden": False, "availability": "in stock", "condition": "new", "created_at": 0}
    rows, position = [], ""
    for i in range(count):
        name = " ".join(WORDS[(i * p) % len(WORDS)] for p in (1, 5, 11)) + f" {i}"
        position = after(position)
        keys = {"search_key": search_key(name), "sort_key": sort_key(name), "position": position, "changed_at": 0}
        rows.append(blank | keys | {"code": f"C-{i}", "name": name, "price": 100 + i})
    session.execute(insert(Product), rows)


def _illustrate(session: Session, count: int) -> None:
    from desktop.data.images import normalise  # with Qt, which bench.py must not have while it measures memory

    digests = []
    for number in range(PICTURES):
        image = Image.effect_noise((100, 100), 20 + number).resize((1000, 1000)).convert("RGB")
        file = io.BytesIO()
        image.save(file, "JPEG", quality=85)
        digests.append(store(session, normalise(file.getvalue())))
    rows = [
        {"version": 1, "product_id": i + 1, "sha256": digests[i % PICTURES], "url": "", "position": "V"}
        for i in range(count)
    ]
    session.execute(insert(Picture), rows)
