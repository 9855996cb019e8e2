"""Pictures of backups: kept once, verified, missed when gone, and let go with the last backup that has them."""

import hashlib
import os
import sqlite3
from contextlib import closing

import pytest

from desktop.data import backups, kept_pictures
from desktop.data.backups import Backup, Snapshot, last_good, make_backup, read_backups, superfluous
from desktop.data.database import Database
from desktop.data.engines import Refused
from desktop.data.models import Blob, Picture, Product, Profile
from desktop.data.restore import read_contents, restore, unpack

LARGE = 300_000  # bytes of a picture


def illustrate(session, number):
    """Add an item with a picture of its own."""
    data = hashlib.shake_256(b"%d" % number).digest(LARGE)
    digest = hashlib.sha256(data).hexdigest()
    size = {"format": "jpeg", "width": 10, "height": 10}
    session.add(Blob(sha256=digest, data=data, thumbnail=data[:9_000], **size))
    session.flush()
    product = Product(name=f"Bag {number}")
    session.add(product)
    session.flush()
    session.add(Picture(product_id=product.id, sha256=digest, position="V"))
    return digest


def pictures(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT sha256, data, thumbnail FROM blob ORDER BY sha256").fetchall()


def back_up(shop, root):
    with closing(Snapshot(shop)) as snapshot:
        return make_backup(snapshot, root)


@pytest.fixture
def illustrated(database):
    """An open shop with three pictures."""
    for number in range(3):
        database.run("Add", illustrate, number)
    return database


def test_pictures_are_kept_once(illustrated, shop, tmp_path):
    first, second = back_up(shop, tmp_path), back_up(shop, tmp_path)
    folder = first.path.parent / "pictures"
    assert len(list(folder.iterdir())) == 6, "each of three, and its thumbnail"
    assert max(first.size, second.size) < 2 * LARGE
    for path in folder.iterdir():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
        assert path.stat().st_mode & 0o777 == 0o600
    assert last_good(first.path.parent) == second


def test_a_thin_backup_is_no_shop_until_it_is_restored(illustrated, shop, tmp_path):
    backup = back_up(shop, tmp_path)
    illustrated.close()
    with pytest.raises(Refused, match="without its pictures"):
        Database(backup.path)
    before = pictures(shop)
    done = restore(shop, backup.path)
    assert done.contents.missing == 0
    assert pictures(shop) == before
    Database(shop, "till").close()
    unpack(backup.path, tmp_path / "look.dukkan")
    assert pictures(tmp_path / "look.dukkan") == before


@pytest.mark.parametrize("harm", ["gone", "other"])
@pytest.mark.fault("F17")
def test_a_picture_that_is_lost_is_told_and_takes_nothing_else_along(illustrated, shop, tmp_path, harm):
    backup = back_up(shop, tmp_path)
    digest = pictures(shop)[0][0]
    illustrated.run("Logo", lambda session: setattr(session.get(Profile, 1), "logo", digest))
    illustrated.close()
    file = backup.path.parent / "pictures" / digest
    if harm == "gone":
        file.unlink()
        assert read_contents(backup.path).missing == 1
        assert last_good(backup.path.parent) is None
    else:
        file.write_bytes(os.urandom(LARGE))
    done = restore(shop, backup.path)
    assert done.contents.missing == 1
    assert done.contents.items == 3
    assert len(pictures(shop)) == 2
    with closing(sqlite3.connect(shop)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM picture").fetchone() == (2,)
    Database(shop, "till").close()


def test_the_next_backup_brings_a_lost_picture_back(illustrated, shop, tmp_path):
    backup = back_up(shop, tmp_path)
    next((backup.path.parent / "pictures").iterdir()).unlink()
    assert last_good(backup.path.parent) is None
    assert last_good(back_up(shop, tmp_path).path.parent)


def test_pictures_go_with_the_last_backup_that_has_them(illustrated, shop, tmp_path, monkeypatch):
    backup = back_up(shop, tmp_path)
    folder = backup.path.parent / "pictures"
    digest = illustrated.run("Which", lambda session: session.get(Picture, 1).sha256)
    illustrated.run("Take", lambda session: session.delete(session.get(Product, 1)))
    illustrated.begin_history()
    illustrated.close()  # what nothing names is collected
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    at = backup.at + 400 * 86_400
    monkeypatch.setattr("time.time", lambda: at)
    back_up(shop, tmp_path)
    assert [each.at for each in read_backups(backup.path.parent)] == [at]
    assert len(list(folder.iterdir())) == 4
    assert not (folder / digest).exists()
    assert digest not in [found[0] for found in pictures(shop)]


def test_pictures_of_a_backup_from_a_newer_version_stay(illustrated, shop, tmp_path, monkeypatch):
    backup = back_up(shop, tmp_path)
    with closing(sqlite3.connect(backup.path)) as newer:
        newer.execute("PRAGMA user_version = 9999")
    illustrated.run("Take", lambda session: session.delete(session.get(Product, 1)))
    illustrated.begin_history()
    illustrated.close()
    for path in (backup.path.parent / "pictures").iterdir():
        os.utime(path, (0, 0))
    monkeypatch.setattr(backups, "superfluous", lambda found, *_rest: found[1:2] if len(found) > 2 else [])
    back_up(shop, tmp_path), back_up(shop, tmp_path)
    assert [(each.number, each.good) for each in read_backups(backup.path.parent)] == [(3, True), (1, False)]
    assert kept_pictures.missing(backup.path) == 0


def test_room_counts_what_several_have_in_common_once():
    several = [Backup(tmp, number, number, 10) for number, tmp in ((5, "e"), (4, "d"), (3, "c"), (2, "b"), (1, "a"))]
    shared = {"x": 100}
    assert superfluous(several, 6, room=150, pictures=lambda backup: shared) == []
    own = superfluous(several, 6, room=340, pictures=lambda backup: {backup.path: 100})
    assert [backup.number for backup in own] == [2, 1]


def test_few_pictures_stay_in_the_backup(database, shop, tmp_path, monkeypatch):
    monkeypatch.setattr(kept_pictures, "SHARE", 1)
    database.run("Add", illustrate, 1)
    backup = back_up(shop, tmp_path)
    assert [path.name for path in backup.path.parent.iterdir()] == [backup.path.name]
    assert not kept_pictures.is_thin(backup.path)
    assert backups.last_good(backup.path.parent) == backup
