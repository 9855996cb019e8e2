"""The report of a crash: of a program that really dies, told once, with nobody's number or password in it."""

import os
import subprocess
import sys

import pytest

from desktop import config, report

DIES = """
import faulthandler, logging
from desktop import log, report
log.start()
logging.getLogger("desktop").error("asked +971 50 123 4567 at postgresql://mona:hunter2@db/shop")
report.listen()
faulthandler._sigsegv()
"""
LIVES = """
from desktop import report
report.listen()
report.stop()
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv(config.HOME, str(tmp_path))
    return tmp_path


@pytest.mark.fault("F19")
def test_a_program_that_dies_leaves_a_report_which_is_told_once(home):
    died = subprocess.run([sys.executable, "-c", DIES], capture_output=True, check=False)
    assert died.returncode != 0
    told = report.take()
    assert "Segmentation fault" in told
    assert "asked (number) at postgresql://(hidden)@db/shop" in told
    assert "SQLite: " in told
    for secret in ("4567", "hunter2", "mona"):
        assert secret not in told
    assert report.take() == ""
    assert (home / "log/crash.txt").read_text("utf-8") == told


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such modes")
def test_nobody_else_reads_what_is_written_down(home):
    subprocess.run([sys.executable, "-c", DIES], capture_output=True, check=False)
    report.take()
    assert home.joinpath("log").stat().st_mode & 0o777 == 0o700
    for path in (home / "log").iterdir():
        assert path.stat().st_mode & 0o777 == 0o600, path


def test_a_program_that_ends_in_peace_leaves_none(home):
    subprocess.run([sys.executable, "-c", LIVES], check=True)
    assert report.take() == ""
    assert os.listdir(home / "log") == []  # noqa: PTH208


def test_where_nothing_can_be_written_nothing_happens(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv(config.HOME, str(tmp_path / "file"))
    subprocess.run([sys.executable, "-c", LIVES], check=True)
    assert report.take() == ""
