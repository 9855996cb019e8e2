"""The door: what is said at it by another process is heard, and nothing else is."""

import json
import os
import subprocess
import sys
from multiprocessing.connection import Client
from pathlib import Path
from threading import Thread

import pytest

from desktop import config, door


@pytest.fixture
def here(monkeypatch, tmp_path):
    monkeypatch.setenv(config.HOME, str(tmp_path))


@pytest.fixture
def heard():
    return []


@pytest.fixture
def opened(here, heard):
    def hear(wish, text):
        heard.append((wish, text))
        return wish != "open"

    found = door.Door(hear)
    yield found
    found.close()


def test_nobody_is_at_home(here):
    assert door.knock("show") is False


@pytest.mark.fault("F13")
def test_another_process_is_heard(opened, heard):
    code = "from desktop.door import knock; print(knock('palette', '/شكرا'))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert said.stdout == "True\n", said.stderr
    assert heard == [("palette", "/شكرا")]


def test_what_is_not_done_is_said(opened, heard):
    assert door.knock("open", "elsewhere") is False
    assert door.knock("show") is True
    assert [wish for wish, _text in heard] == ["open", "show"]


def test_strange_visitors_do_not_stop_it(opened, heard, tmp_path):
    assert door.knock("format the disk") is False
    found = json.loads((tmp_path / "data" / "door.json").read_text())
    with Client(found["address"], authkey=bytes.fromhex(found["key"])) as visitor:
        visitor.send_bytes(b"no JSON at all")
    with pytest.raises(Exception, match="digest"), Client(found["address"], authkey=b"wrong"):
        pass
    assert door.knock("show") is True
    assert heard == [("show", "")]


def test_key_is_the_users_own(opened, tmp_path):
    assert (tmp_path / "data" / "door.json").stat().st_mode & 0o077 == 0


def test_closed_door_hears_nobody(opened, tmp_path):
    opened.close()
    assert door.knock("show") is False
    assert not list((tmp_path / "data").glob("*door*"))


def test_last_one_to_open_is_the_one_that_hears(opened, heard):
    others = []
    second = door.Door(lambda wish, text: others.append(wish) or True)
    assert door.knock("show") is True
    second.close()
    assert (others, heard) == (["show"], [])


@pytest.mark.fault("F13")
def test_file_left_by_one_that_died_is_no_obstacle(here, tmp_path, heard):
    folder = tmp_path / "data"
    folder.mkdir(parents=True)
    (folder / "door.json").write_text(json.dumps({"address": str(folder / "gone.door"), "key": "00"}))
    assert door.knock("show") is False
    (folder / "door.json").write_text("{")
    assert door.knock("show") is False


def test_long_path_is_no_obstacle(monkeypatch, tmp_path, heard):
    monkeypatch.setenv(config.HOME, str(tmp_path / ("long" * 30)))
    opened = door.Door(lambda wish, text: heard.append(wish) or True)
    assert door.knock("show") is True
    place = door._read()[0]
    opened.close()
    assert heard == ["show"]
    assert not Path(place).parent.name.startswith("dukkan-") or not Path(place).parent.exists()


@pytest.fixture
def announcing(here):
    """Another process that has announced its door and lives."""
    code = "from desktop.door import announce; announce(); print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        yield process
        process.kill()


def test_a_door_that_is_announced_is_waited_for(announcing, heard):
    said = []
    visitor = Thread(target=lambda: said.append(door.knock("show")))
    visitor.start()
    opened = door.Door(lambda *wish: heard.append(wish) or True)
    visitor.join(10)
    opened.close()
    assert said == [True]
    assert heard == [("show", "")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot be asked")
def test_a_door_is_not_waited_for_where_who_announced_it_has_crashed(announcing, monkeypatch):
    announcing.kill()
    announcing.wait()
    monkeypatch.setattr(door.time, "sleep", lambda _seconds: pytest.fail("it is waited for"))
    assert door.knock("show") is False


def test_a_door_that_was_announced_long_ago_is_not(announcing, tmp_path):
    sign = tmp_path / "data" / "door.coming"
    os.utime(sign, (0, 0))
    assert door.knock("show") is False
    door.announce()
    assert door.knock("show") is False, "nobody waits for a door of one's own"
    door.Door(lambda *wish: True).close()
    assert not sign.exists()
