"""Files that are no shops, or cannot be used now: the right code, one sentence, and every byte where it was."""

import json
import os
import shutil
import sqlite3
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.data.database import Database
from desktop.data.engines import HEAD
from desktop.data.lock import lock_path
from desktop.services.catalog import add_product, count_products

READ = (["find", "catalog", "x"], ["check"], ["history"], ["link"], ["export", "json", "--out", "out.json"])
WRITE = (["undo"], ["redo"], ["import", "items.csv"])


def words_with(shop, words):
    return [words[0], str(shop), *words[1:]]


def empty(path, shop):
    path.touch()


def text(path, shop):
    path.write_text("id,title\n" * 50)


def foreign(path, shop):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.close()


def cut(path, shop):
    path.write_bytes(shop.read_bytes()[: shop.stat().st_size // 2])


def torn(path, shop):
    """Right size, but only the first page is as it was."""
    path.write_bytes(shop.read_bytes()[:4096] + b"\xff" * (shop.stat().st_size - 4096))


def newer(path, shop):
    shutil.copy(shop, path)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {HEAD + 1}")
    connection.close()


def folder(path, shop):
    path.mkdir()


def missing(path, shop):
    pass


@pytest.mark.parametrize("words", [*READ, *WRITE], ids=lambda words: words[0])
@pytest.mark.parametrize(
    ("make", "code", "sentence"),
    [
        (empty, 65, "is empty"),
        (text, 65, "not a Dukkan shop"),
        (foreign, 65, "not a Dukkan shop"),
        (cut, 65, "is damaged"),
        (torn, 65, "is damaged"),
        (newer, 65, "newer version"),
        (folder, 65, "is a folder"),
        (missing, 66, "no shop at"),
    ],
)
@pytest.mark.fault("F07", "F11")
def test_what_is_no_shop(dukkan, gifts, tmp_path, monkeypatch, make, code, sentence, words):
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "place"
    place.mkdir()
    path = place / "a.dukkan"
    make(path, gifts)
    (tmp_path / "items.csv").write_text("id,title,price\nA,Bag,10 AED\n")
    before = path.read_bytes() if path.is_file() else None
    result = dukkan(*words_with(path, words))
    assert (result.code, result.out) == (code, "")
    assert sentence in result.err
    assert result.err.count("\n") == 1
    assert "a.dukkan" in result.err
    assert (path.read_bytes() if path.is_file() else None) == before
    kept = {path, lock_path(path)} if make is torn else {path}
    assert set(place.iterdir()) <= kept, "nothing is left beside it"
    assert not (tmp_path / "out.json").exists()


LATER = {
    "product_search_config": WRITE,  # without which none of the triggers is made
    "product": (["import", "items.csv"], ["lint"], ["export", "feed", "--out", "out.csv"]),
    "journal": (["import", "items.csv"], ["undo"]),
}


@pytest.mark.parametrize(("table", "words"), [(table, words) for table, found in LATER.items() for words in found])
def test_damage_that_is_only_met_later_is_told_too(dukkan, gifts, tmp_path, monkeypatch, table, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "items.csv").write_text("id,title,price\nA,Bag,10 AED\n")
    connection = sqlite3.connect(gifts)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    connection.close()
    with gifts.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    before = gifts.read_bytes()
    result = dukkan(*words_with(gifts, words))
    assert (result.code, result.err.count("\n")) == (65, 1)
    assert "is damaged" in result.err
    assert gifts.read_bytes() == before


@pytest.mark.parametrize("words", [*READ, *WRITE], ids=lambda words: words[0])
def test_a_name_that_no_disk_holds_names_no_shop(dukkan, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "items.csv").write_text("id,title,price\nA,Bag,10 AED\n")
    result = dukkan(*words_with("a" * 300, words))
    assert result.code == 66
    assert "no shop at" in result.err


@pytest.mark.parametrize("make", [empty, torn, missing])
def test_a_check_answers_in_json_all_the_same(dukkan, gifts, tmp_path, make):
    path = tmp_path / "other.dukkan"
    make(path, gifts)
    result = dukkan("check", path, "--json")
    answer = json.loads(result.out)
    assert result.code in (65, 66)
    assert answer == {"ok": False, "problems": [result.err.strip()]}


def test_a_check_of_a_sound_shop(dukkan, gifts):
    result = dukkan("check", gifts, "--json")
    assert result.code == 0
    answer = json.loads(result.out)
    assert answer == {
        "ok": True, "problems": [], "items": 4, "collections": 0, "replies": 2, "customers": 0, "pictures": 0
    }  # fmt: skip
    assert dukkan("check", gifts).out == ""


def test_a_check_finds_a_picture_that_is_not_itself(dukkan, gifts):
    connection = sqlite3.connect(gifts)
    row = ("0" * 64, b"data", b"thumbnail", "png", 1, 1)
    connection.execute(
        "INSERT INTO blob (sha256, data, thumbnail, format, width, height) VALUES (?, ?, ?, ?, ?, ?)", row
    )
    connection.commit()
    connection.close()
    result = dukkan("check", gifts, "--json")
    assert result.code == 1
    answer = json.loads(result.out)
    assert answer["ok"] is False
    assert "picture 000000000000" in answer["problems"][0]
    assert "damaged" in result.err


def test_damage_inside_is_told_in_our_words_and_those_of_the_database_are_for_programs(dukkan, gifts):
    connection = sqlite3.connect(gifts)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_product_code'").fetchone()
    connection.close()
    with gifts.open("r+b") as file:
        file.seek(page * 4096 - 60)
        file.write(b"\x55" * 60)
    result = dukkan("check", gifts, "--json")
    answer = json.loads(result.out)
    assert (result.code, answer["ok"]) == (65, False)
    assert result.err == f"{answer['problems'][0]}\n"
    assert answer["problems"][0].startswith(f"{gifts.name} is damaged.")
    assert answer["details"]
    assert not any(detail in result.err for detail in answer["details"])
    assert dukkan("check", gifts, "--lang", "ar").err.strip().isascii() is False


def test_reading_leaves_the_shop_as_it_was(dukkan, gifts, tmp_path):
    before = gifts.read_bytes()
    for words in READ[:-1]:
        assert dukkan(*words_with(gifts, words)).code == 0
    assert gifts.read_bytes() == before
    assert list(tmp_path.iterdir()) == [gifts]


@pytest.mark.parametrize("words", WRITE, ids=lambda words: words[0])
@pytest.mark.fault("F13")
def test_a_shop_in_use(dukkan, held, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "items.csv").write_text("id,title,price\nA,Bag,10 AED\n")
    result = dukkan(*words_with(held, words))
    assert (result.code, result.out) == (75, "")
    assert "already open" in result.err
    assert result.err.count("\n") == 1
    assert dukkan("check", held).code == 0, "reading needs no lock"


@pytest.fixture(params=[0o555])
def read_only(gifts, request):
    """A shop in a folder where nothing may be written, also not by root, who is nobody for the time."""
    place = Path(tempfile.mkdtemp(prefix="dukkan-"))
    path = Path(shutil.copy(gifts, place / "a.dukkan"))
    path.chmod(0o444)
    place.chmod(request.param)

    @contextmanager
    def powerless():
        root = os.name != "nt" and os.geteuid() == 0
        if root:
            os.seteuid(65534)
        try:
            yield path
        finally:
            if root:
                os.seteuid(0)

    yield powerless
    place.chmod(0o755)
    path.chmod(0o644)
    shutil.rmtree(place)


@pytest.mark.fault("F05")
def test_a_shop_that_may_only_be_read(dukkan, gifts, read_only):
    hide, merge = ["bulk", "hide", "--dry-run"], ["merge", gifts, "--dry-run"]
    for words in (["find", "catalog", "OUD"], hide, merge, ["backup", "--out", gifts.parent / "copy"], ["undo"]):
        dukkan(*words_with(gifts, words))  # so that all is loaded that nobody may read
    with read_only() as path:
        before = path.read_bytes()
        result = dukkan("find", path, "catalog", "OUD", "--json")
        assert (result.code, result.err) == (0, "")
        assert len(json.loads(result.out)) == 1
        with tempfile.TemporaryDirectory(prefix="dukkan-") as own:
            for words in (hide, ["merge", path, "--dry-run"], ["backup", "--out", Path(own, "copy")]):
                assert dukkan(*words_with(path, words)).code == 0
        result = dukkan("undo", path)
        assert result.code == 73
        assert "cannot be changed where it is" in result.err
        assert result.err.count("\n") == 1
        assert path.read_bytes() == before
        assert list(path.parent.iterdir()) == [path]


@pytest.mark.fault("F05")
@pytest.mark.parametrize("read_only", [0o777], indirect=True)
def test_a_protected_shop_in_a_folder_of_ones_own_is_left_alone_too(dukkan, gifts, read_only):
    for words in (["find", "catalog", "OUD"], ["backup", "--out", gifts.parent / "copy"], ["undo"]):
        dukkan(*words_with(gifts, words))  # as above
    with read_only() as path:
        before = path.read_bytes()
        with tempfile.TemporaryDirectory(prefix="dukkan-") as own:
            for words in (["find", "catalog", "OUD"], ["backup", "--out", Path(own, "copy")]):
                assert dukkan(*words_with(path, words)).code == 0
        result = dukkan("undo", path)
        assert result.code == 73
        assert "is protected from changes" in result.err
        assert path.read_bytes() == before
        assert list(path.parent.iterdir()) == [path]


@pytest.mark.fault("F05", "F13")
@pytest.mark.parametrize("read_only", [0o777], indirect=True)
@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root changes what is protected")
def test_what_its_owner_writes_meanwhile_into_a_protected_shop_is_seen(dukkan, gifts, read_only):
    with read_only() as path:
        reading = Database(path, read_only=True)
        with reading.reader() as session:
            before = count_products(session)
    writing = Database(path)
    writing.run("Add", add_product, "Bag")
    with read_only(), reading.reader() as session:
        assert count_products(session) == before + 1
    writing.close()
    with read_only(), reading.reader() as session:
        assert count_products(session) == before + 1
    reading.close()
    assert {name.name for name in path.parent.iterdir()} == {path.name, lock_path(path).name}


@pytest.mark.skipif(os.name == "nt", reason="there an owner may read all files")
def test_what_may_not_be_read_is_told_alike_of_shops_and_of_tables(dukkan, gifts, read_only, tmp_path):
    table = tmp_path / "items.csv"
    table.write_text("id,title,price\nA,Bag,10 AED\n")
    dukkan("import", gifts, table)  # so that all is loaded that nobody may read
    with read_only() as path:
        pass
    for place in (path, table):
        place.chmod(0)
    with read_only():
        told = [dukkan("check", path), dukkan("import", path, table), dukkan("import", gifts, table)]
    assert [(result.code, "cannot be read" in result.err) for result in told] == [(66, True)] * 3
