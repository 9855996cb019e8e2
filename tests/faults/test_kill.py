"""A real process is killed while it saves, imports, backs up, migrates and restores: what it acknowledged is there."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import config
from desktop.data.database import Database
from tests.faults.killing import KINDS, Ring, name_of

ALWAYS = ("save", "back_up", "bring_back")  # tasks that are done many times before they are killed
ROUNDS = 4  # of each kind: 20 in all; `make torture` has 200


@pytest.mark.fault("F01", "F02", "F12")
@pytest.mark.skipif(sys.platform == "win32", reason="it has no SIGKILL")
def test_what_was_acknowledged_outlives_the_program(tmp_path, new_shop, pytestconfig):
    ring = Ring(tmp_path, new_shop, pytestconfig.getoption("randomly_seed", 1))
    acknowledged = dict.fromkeys(KINDS, 0)
    try:
        for turn in range(ROUNDS):
            for kind in KINDS:
                ring.patient = turn == ROUNDS - 1 and not acknowledged[kind] and kind in ALWAYS
                acknowledged[kind] += ring.round(kind)
    finally:
        ring.close()
    assert all(acknowledged[kind] for kind in ALWAYS), acknowledged


WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from desktop import app
from desktop.app import MainWindow

real = MainWindow.set_database

def opened(self, database):
    real(self, database)
    self.go("profile")
    self.field = self.page().fields["name"]
    self.count = 0
    self.typing = QTimer(self, interval=0)
    self.typing.timeout.connect(lambda: type_on(self))
    self.typing.start()

def type_on(self):
    self.count += 1
    self.field.editor.selectAll()
    QTest.keyClicks(self.field.editor, f"Shop {self.count}")
    if self.page().commit():  # as when the field is left
        print(self.count, flush=True)

MainWindow.set_database = opened
app.run(Path(sys.argv[1]), "en")
"""


@pytest.mark.fault("F02")
@pytest.mark.skipif(sys.platform == "win32", reason="it has no SIGKILL")
def test_what_the_window_has_saved_outlives_it(tmp_path, new_shop, monkeypatch):
    monkeypatch.setenv(config.HOME, str(tmp_path / "home"))
    shop = Path(shutil.copy(new_shop, tmp_path / "shop.dukkan"))
    window = subprocess.Popen([sys.executable, "-c", WINDOW, shop], stdout=subprocess.PIPE, text=True)
    last = [int(window.stdout.readline()) for _name in range(5)][-1]
    window.kill()
    more = window.communicate()[0].split()
    last = int(more[-1]) if more else last
    database = Database(shop)
    assert database.unclean
    assert database.problems() == []
    database.close()
    assert name_of(shop) in (f"Shop {last}", f"Shop {last + 1}")
