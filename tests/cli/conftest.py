"""The command as a script calls it, within this process, and a shop to call it with."""

import logging
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass

import pytest
from sqlalchemy import create_engine, make_url, text

from desktop import cli, config
from desktop.data.database import Database
from desktop.i18n import formats
from desktop.services.catalog import add_product
from desktop.services.profile import update_profile
from desktop.services.replies import add_reply


@dataclass(frozen=True)
class Result:
    """What a command left: its exit code, its data, its words."""

    code: int
    out: str
    err: str


@pytest.fixture
def dukkan(capsys, monkeypatch, tmp_path_factory):
    """A function that calls the command with words, in a home of its own, on an English system."""
    monkeypatch.setenv(config.HOME, str(tmp_path_factory.mktemp("home")))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    before = logging.getLogger().handlers[:]

    def call(*words):
        capsys.readouterr()
        code = cli.main([str(word) for word in words])
        formats.configure(zone="")
        return Result(code, *capsys.readouterr())

    yield call
    for handler in logging.getLogger().handlers:
        if handler not in before:
            handler.close()
    logging.getLogger().handlers = before


@pytest.fixture
def file(tmp_path):
    """A function that writes a file and returns its path."""

    def write(content, name="rows.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture(scope="package")
def made_gifts(new_shop, tmp_path_factory):
    """The file of `gifts`, made once and copied."""
    shop = shutil.copy(new_shop, tmp_path_factory.mktemp("gifts") / "gifts.dukkan")
    database = Database(shop)
    home = {"territory": "AE", "currency": "AED", "time_zone": "Asia/Dubai", "language": "ar"}
    database.run("Start my shop", update_profile, None, name="هدايا", phone="+971501234567", **home)
    for name, fields in {
        "حقيبة جلد": {"code": "BAG-1", "price": 7550, "sale_price": 6000},
        "عطر العود": {"code": "OUD", "price": 12000, "whatsapp_id": "24681357"},
        "Gift box": {"code": "", "hidden": True},
        "قهوة عربية": {"code": "COF", "description": "مع الهيل\nوالزعفران"},
    }.items():
        database.run("Add item", lambda session, name, fields: add_product(session, name, **fields), name, fields)
    database.run("Add reply", add_reply, "thanks", "شكراً لك!\nنورتنا")
    database.run("Add reply", add_reply, "توصيل", "التوصيل خلال يوم")
    database.close()
    return shop


@pytest.fixture
def gifts(made_gifts, shop):
    """A shop with a phone, four items and two replies, each added by an action of its own."""
    return shutil.copy(made_gifts, shop)


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A function that calls `fill` for the first shop of a module, and makes copies of it of the others."""
    first = tmp_path_factory.mktemp("once") / "shop.dukkan"

    def make(shop, fill):
        if first.exists():
            return shutil.copy(first, shop)
        fill()
        shutil.copy(shop, first)
        return shop

    return make


@pytest.fixture(scope="package")
def held(made_gifts, tmp_path_factory):
    """A shop such as `gifts` while another process has it open, which nobody else can change: one for all tests."""
    shop = shutil.copy(made_gifts, tmp_path_factory.mktemp("held") / "shop.dukkan")
    code = (
        "import sys; from pathlib import Path; from desktop.data.database import Database;"
        "shop = Database(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read(); shop.close()"
    )
    arguments = [sys.executable, "-c", code, str(shop)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "open\n"
        yield shop
        other.stdin.close()


@pytest.fixture
def empty_database(server):
    """The URL of a database on a server with nothing in it."""
    name = f"shop_{secrets.token_hex(4)}"
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
