"""Backups and going back to them, from the command line."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.cli.failures import BAD_DATA, CANNOT_WRITE, DONE, IN_USE, NOT_FOUND, USAGE
from desktop.data.backups import read_backups
from desktop.data.database import Database
from desktop.services.catalog import add_product


def items(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT count(*) FROM product").fetchone()[0]


def test_a_shop_is_backed_up_and_restored(dukkan, gifts):
    made = dukkan("backup", gifts)
    assert (made.code, made.err) == (DONE, "Backed up.\n")
    database = Database(gifts, "till")
    database.run("Add item", add_product, "Bag")
    assert dukkan("restore", gifts, made.out.strip()).code == IN_USE
    assert dukkan("backup", gifts).code == DONE  # while it is open
    database.close()
    done = dukkan("restore", gifts, made.out.strip())
    assert done.code == DONE
    assert done.err.startswith("4 items\n2 quick replies\n0 customers\nLast changed: today ")
    assert (items(gifts), items(done.out.strip())) == (4, 5)


def test_a_copy_goes_where_it_is_wanted(dukkan, gifts, tmp_path):
    copy = tmp_path / "copy.dukkan"
    assert dukkan("backup", gifts, "--out", copy).out == f"{copy}\n"
    assert dukkan("check", copy).code == DONE
    assert dukkan("backup", gifts, "--out", gifts).code == BAD_DATA
    assert dukkan("backup", gifts, "--out", tmp_path / "none" / "copy.dukkan").code == CANNOT_WRITE


def test_a_copy_takes_the_place_of_an_earlier_one_but_of_no_other_shop(dukkan, gifts, tmp_path):
    copy, other = tmp_path / "copy.dukkan", tmp_path / "other.dukkan"
    for _time in range(2):
        assert dukkan("backup", gifts, "--out", copy).code == DONE
    assert dukkan("new", other).code == DONE
    table = tmp_path / "items.csv"
    table.write_text("id,title\nA,Bag\n")
    assert dukkan("import", other, table).code == DONE
    before = other.read_bytes()
    result = dukkan("backup", gifts, "--out", other)
    assert (result.code, other.read_bytes()) == (CANNOT_WRITE, before)
    assert "exists already" in result.err


def test_a_copy_needs_a_name_and_takes_the_place_of_files_only(dukkan, gifts, tmp_path):
    copy, pipe = tmp_path / "copy.dukkan", tmp_path / "pipe"
    if hasattr(os, "mkfifo"):
        os.mkfifo(pipe)
    else:  # Windows has none
        pipe.mkdir()
    for place in (tmp_path, ".", pipe):
        assert dukkan("backup", gifts, "--out", place).code == CANNOT_WRITE
    for words in (("backup", gifts, "--out", ""), ("backup", "", "--out", copy), ("restore", "", copy)):
        assert dukkan(*words).code == USAGE
    assert dukkan("backup", gifts, "--out", copy).code == DONE
    for shop in (tmp_path, "."):
        assert "is a folder" in dukkan("restore", shop, copy).err
    assert dukkan("restore", "a" * 300, copy).code == CANNOT_WRITE


@pytest.mark.parametrize("words", [("backup", "postgresql://x/y"), ("restore", "postgresql://x/y", "z")])
def test_a_shop_on_a_server_has_no_file(dukkan, words):
    told = dukkan(*words)
    assert told.code == BAD_DATA
    assert "on a server" in told.err


def test_what_is_not_there_is_said(dukkan, shop, tmp_path):
    assert dukkan("backup", tmp_path / "none").code == NOT_FOUND
    assert dukkan("restore", shop, tmp_path / "none").code == NOT_FOUND


def test_before_a_large_import_the_shop_is_kept(dukkan, gifts, tmp_path):
    first = Path(dukkan("backup", gifts).out.strip())
    for count, backups in ((5, 1), (21, 2)):
        table = tmp_path / "items.csv"
        rows = "".join(f"{count}-{n},Bag {n},10 AED\n" for n in range(count))
        table.write_text(f"id,title,price\n{rows}")
        assert dukkan("import", gifts, table).code == DONE
        assert len(read_backups(first.parent)) == backups
    assert (items(gifts), items(read_backups(first.parent)[0].path)) == (30, 9)
