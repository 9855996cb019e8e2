"""What is written beside the shop: for its owner's eyes, and without what is nobody's business."""

import logging
import os
import stat
import sys

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from desktop import config, log, report
from desktop.data import server
from desktop.data.backups import Snapshot, make_backup
from desktop.data.database import Database
from desktop.data.restore import restore
from desktop.data.salvage import salvage
from desktop.services.catalog import add_product
from tests.faults.killing import old_shop

SECRETS = ("971501234567", "hunter2hunter2", "EAAJZC0abcdefghij0123456789ABCDEFGHIJ")


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such modes")
def test_every_file_is_for_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.setenv(config.HOME, str(tmp_path / "home"))
    before = os.umask(0)
    try:
        shop = old_shop(tmp_path / "shop.dukkan")
        shop.chmod(0o600)  # made by hand here
        database = Database(shop)  # migrates, and keeps a copy
        database.run("Add", add_product, "Bag")
        beside = {path.name: path for path in tmp_path.iterdir()}
        assert "shop.dukkan-wal" in beside
        snapshot = Snapshot(shop)
        backup = make_backup(snapshot, config.backup_roots()[0])
        snapshot.write(tmp_path / "copy.dukkan")
        snapshot.close()
        open_now = modes(tmp_path)
        database.close()
        restore(shop, backup.path)
        shop.write_bytes(shop.read_bytes()[:-5000])
        salvage(shop, tmp_path / "saved.dukkan")
        config.change(language="ar")
        log.redact("")
        report._write(tmp_path / "home/crash.txt", "text")
    finally:
        os.umask(before)
    wrong = {name: oct(mode) for name, mode in (open_now | modes(tmp_path)).items() if mode & 0o077}
    assert wrong == {}


def modes(folder):
    """The modes of all files below a folder, by name."""
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()
    }


def test_no_secret_is_in_log_or_report(tmp_path, monkeypatch):
    monkeypatch.setenv(config.HOME, str(tmp_path))
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    log.start()
    phone, password, token = SECRETS
    logger = logging.getLogger("desktop.test")
    logger.error("to +%s with %s at postgresql://mona:%s@db/shop", phone, token, password)
    try:
        raise ValueError(f"password={password}, Authorization: Bearer {token}, {phone}")
    except ValueError:
        logger.exception("It went wrong")
    engine = create_engine("sqlite://", hide_parameters=True)
    with engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.exec_driver_sql("SELECT ? FROM nowhere", (password,))
    engine.dispose()
    logger.error("It went wrong", exc_info=caught.value)
    for handler in logging.getLogger().handlers:
        handler.close()
    written = (tmp_path / "log/dukkan.log").read_text("utf-8") + report.write(f"Fatal at {phone}, token: {token}")
    assert "It went wrong" in written
    for secret in SECRETS:
        assert secret not in written


def test_statements_that_go_wrong_do_not_tell_their_values(database):
    def slip(session):
        session.connection().exec_driver_sql("INSERT INTO nowhere VALUES (?)", ("hunter2hunter2",))

    with pytest.raises(DBAPIError) as caught:
        database.run("Add", slip)
    assert "hunter2" not in str(caught.value)
    assert server.engine("postgresql://mona:hunter2@localhost/shop").hide_parameters
