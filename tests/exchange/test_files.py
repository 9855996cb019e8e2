"""Files appear whole or not at all, under names that every system takes."""

import errno
import os
import sqlite3
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.files import NAME_BYTES, CannotWrite, legal_name, write_file


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def test_pieces_become_one_file(tmp_path):
    write_file(tmp_path / "متجر.csv", (piece for piece in (b"one ", b"two")))
    assert (tmp_path / "متجر.csv").read_bytes() == b"one two"
    assert names(tmp_path) == ["متجر.csv"]


def test_an_older_file_is_replaced_and_keeps_its_mode(tmp_path):
    path = tmp_path / "feed.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_slip_does_not_cost_a_shop(tmp_path):
    shop = tmp_path / "shop.dukkan"
    sqlite3.connect(shop).execute("CREATE TABLE product (name TEXT)").connection.close()
    before = shop.read_bytes()
    with pytest.raises(CannotWrite, match="left as it is"):
        write_file(shop, b"new")
    assert shop.read_bytes() == before


@pytest.mark.fault("F04")
def test_a_failure_midway_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "feed.csv"
    path.write_bytes(b"old")

    def pieces():
        yield b"new"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(CannotWrite, match="does not fit on the disk"):
        write_file(path, pieces())
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["feed.csv"]


def test_a_mistake_of_the_caller_is_not_taken_for_the_disk(tmp_path):
    def pieces():
        yield b"new"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_file(tmp_path / "feed.csv", pieces())
    assert names(tmp_path) == []


@pytest.mark.fault("F04")
def test_a_file_larger_than_there_is_room_for(tmp_path):
    import resource

    path = tmp_path / "feed.csv"
    path.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
    try:
        with pytest.raises(CannotWrite, match="does not fit on the disk"):
            write_file(path, (bytes(1 << 18) for _ in range(8)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["feed.csv"]


def test_what_stands_in_the_way_is_named(tmp_path):
    with pytest.raises(CannotWrite, match="is a folder"):
        write_file(tmp_path, b"")
    with pytest.raises(CannotWrite, match="There is no folder"):
        write_file(tmp_path / "none" / "feed.csv", b"")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotWrite, match="There is no folder"):
        write_file(tmp_path / "file" / "feed.csv", b"")
    with pytest.raises(CannotWrite, match="too long"):
        write_file(tmp_path / ("x" * 300), b"")
    with pytest.raises(CannotWrite, match="cannot be used"):
        write_file(tmp_path / "a\0b", b"")
    assert names(tmp_path) == ["file"]


def test_a_file_open_in_another_program(tmp_path, monkeypatch):
    """What Windows answers while Excel shows the file."""

    def refuse(self, target):
        raise PermissionError(errno.EACCES, "Access is denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CannotWrite, match="Close it in other programs"):
        write_file(tmp_path / "feed.csv", b"new")
    assert names(tmp_path) == []


def test_a_link_is_followed_and_a_device_stays_a_device(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "real" / "feed.csv")
    write_file(tmp_path / "link.csv", b"new")
    assert (tmp_path / "real" / "feed.csv").read_bytes() == b"new"
    assert (tmp_path / "link.csv").is_symlink()
    write_file(Path(os.devnull), b"gone")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ساعة رولكس – فضي", "ساعة رولكس – فضي"),
        ("A/B\\C: 50% *new*?", "A-B-C- 50% -new--"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("com1", "_com1"),
        ("Lpt¹", "_Lpt¹"),
        ("console", "console"),
        ("ends. . ", "ends"),
        ("..", "_"),
        ("", "_"),
        (".hidden", "hidden"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("line\nbreak\ttab", "line break tab"),
        ("a\0b\x07", "ab"),
        ("half\ud800", "half"),
        ("می‌خواهم 👩‍🚀", "می‌خواهم 👩‍🚀"),
    ],
)
def test_legal_names(text, name):
    assert legal_name(text) == name


@given(st.text(st.characters(), max_size=300))
def test_every_text_gives_a_legal_name(text):
    name = legal_name(text)
    assert name
    assert len(name.encode()) <= NAME_BYTES + 1
    assert not set(name) & set('<>:"/\\|?*\0\n\r\u202e\u2066')
    assert name == name.strip(" .")
    assert legal_name(name) == name
