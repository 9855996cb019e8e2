"""A folder is written whole or not at all, and nothing of anybody else's is touched."""

import pytest

from desktop.exchange.files import CannotWrite
from desktop.exchange.folders import MANIFEST, write_folder


def contents(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {MANIFEST}


def test_what_is_no_longer_part_of_it_goes_and_what_others_put_there_stays(tmp_path):
    site = tmp_path / "site"
    write_folder(site, "site", [("index.html", b"1"), ("items/1.html", b"1"), ("old/2.html", b"1")])
    (site / "CNAME").write_text("shop.example.com")
    write_folder(site, "site", [("index.html", b"2"), ("items/1.html", b"2")], last="index.html")
    assert contents(site) == {"CNAME", "index.html", "items/1.html"}
    assert (site / "index.html").read_bytes() == b"2"
    assert not (site / "old").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.fault("F18")
def test_a_stop_leaves_the_one_before_whole(tmp_path):
    site = tmp_path / "site"
    write_folder(site, "site", [("index.html", b"1")])

    def broken():
        yield "index.html", b"2"
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        write_folder(site, "site", broken())
    assert (site / "index.html").read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("there", ["letter.txt", MANIFEST])
def test_a_folder_with_other_things_is_refused(tmp_path, there):
    (tmp_path / there).write_text("mine")
    with pytest.raises(CannotWrite, match="other files"):
        write_folder(tmp_path, "site", [("index.html", b"1")])
    assert contents(tmp_path) | {MANIFEST} == {there, MANIFEST}


def test_another_kind_of_export_is_not_overwritten(tmp_path):
    write_folder(tmp_path / "out", "upload", [("feed.csv", b"1")])
    with pytest.raises(CannotWrite, match="other files"):
        write_folder(tmp_path / "out", "site", [("index.html", b"1")])


@pytest.mark.fault("S03")
def test_a_manifest_cannot_reach_outside(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    site = tmp_path / "site"
    write_folder(site, "site", [("index.html", b"1")])
    (site / MANIFEST).write_text('{"kind": "site", "files": ["../letter.txt", "/etc/passwd", "index.html"]}')
    write_folder(site, "site", [("start.html", b"1")])
    assert (tmp_path / "letter.txt").exists()
    assert contents(site) == {"start.html"}


def test_a_file_in_its_place_and_no_folder_above(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CannotWrite, match="is a file"):
        write_folder(tmp_path / "file", "site", [])
    with pytest.raises(CannotWrite, match="There is no folder"):
        write_folder(tmp_path / "none" / "site", "site", [("index.html", b"1")])
