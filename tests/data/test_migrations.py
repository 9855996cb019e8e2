"""Migrations and models agree, and old files are kept."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, create_engine

from desktop.data import engines
from desktop.data.database import Database
from desktop.data.migrations import upgrade
from desktop.data.models import Profile
from desktop.services import catalog


def test_migrations_build_what_the_models_say(where):
    Database(where, "till").close()
    url = where.replace("postgresql://", "postgresql+psycopg://") if isinstance(where, str) else f"sqlite:///{where}"
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        command.check(upgrade.config(connection))  # raises if autogenerate would find a difference
        assert ScriptDirectory.from_config(upgrade.config(connection)).get_current_head() == f"{engines.HEAD:04}"


@pytest.mark.parametrize("revision", range(1, engines.HEAD))
@pytest.mark.fault("F10")
def test_every_revision_opens_with_what_is_in_it(tmp_path, revision):
    path = tmp_path / "old.dukkan"
    engine = engines.sqlite_engine(path, "BEGIN IMMEDIATE", (), poolclass=NullPool)
    with engine.begin() as connection:
        command.upgrade(upgrade.config(connection), f"{revision:04}")
        columns = [column.name for column in Profile.__table__.columns if not column.nullable]
        values = ", ".join("1" if name in ("id", "version") else "'old'" for name in columns)
        connection.exec_driver_sql("DELETE FROM profile")
        connection.exec_driver_sql(f"INSERT INTO profile ({', '.join(columns)}) VALUES ({values})")
        connection.exec_driver_sql(f"PRAGMA application_id = {engines.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {revision}")
    engine.dispose()
    database = Database(path, "till")
    with database.reader() as session:
        assert session.get(Profile, 1).name == "old"
    assert database.run("Add", catalog.add_product, "Bag")
    database.close()
    assert engines.check_file(path) == engines.HEAD
    assert len(list(tmp_path.glob(f"old-{revision:04}-*.bak"))) == 1


@pytest.mark.fault("F10")
def test_old_file_is_copied_before_it_is_migrated(shop):
    with sqlite3.connect(shop) as connection:
        connection.execute("UPDATE profile SET name = 'old'")
    connection.close()
    for _ in range(2):  # a second copy does not stumble over the first
        upgrade.upgrade_sqlite(shop, 1)
    copies = list(shop.parent.glob("shop-0001-*.bak"))
    assert len(copies) == 2
    copy = sqlite3.connect(copies[0])
    assert copy.execute("SELECT name FROM profile").fetchall() == [("old",)]
    copy.close()


def test_file_is_never_made_over_another(shop):
    before = shop.read_bytes()
    with pytest.raises(FileExistsError):
        upgrade.create_sqlite(shop)
    assert shop.read_bytes() == before


def test_creation_that_stops_half_way_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.setattr(engines, "APPLICATION_ID", "not a number; nonsense")
    with pytest.raises(Exception, match="nonsense"):
        upgrade.create_sqlite(tmp_path / "shop.dukkan")
    assert not list(tmp_path.iterdir())


def test_two_shops_are_made_at_once(tmp_path):
    paths = [tmp_path / f"{n}.dukkan" for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade.create_sqlite, paths))
    for path in paths:
        assert engines.check_file(path) == engines.HEAD
