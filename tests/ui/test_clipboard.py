"""What is copied is found by another program, on an X server where there is one; or it is told that it is not."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from desktop.data.database import Database
from desktop.data.images import normalise
from desktop.services.replies import add_reply
from desktop.services.reply_parts import add_part, add_pdf, add_pictures
from desktop.ui.clipboard import put_text
from desktop.ui.widgets.buttons import CopyButton

SEEN = """
import json
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
def seen():
    data = app.clipboard().mimeData()
    files = [url.toLocalFile() for url in data.urls()]
    return json.dumps([data.text(), files, app.clipboard().image().width()])
"""
LOOK = (
    SEEN
    + """
window = QWidget()
window.show()
app.processEvents()
print(seen())
"""
)
COPY = (
    SEEN
    + """
import select, sys
from pathlib import Path
from desktop.data.database import Database
from desktop.ui.context import Context
from desktop.ui.copying import copy_reply
context = Context(Database(Path(sys.argv[1])))
for line in sys.stdin:
    if not copy_reply(context, 1):
        sys.exit("not copied")
    print(seen(), flush=True)
    while sys.argv[2] == "shared" and not select.select([sys.stdin], [], [], 0.01)[0]:
        app.processEvents()
app.clipboard().clear()  # the offscreen platform would destroy it after Python has ended
context.close()
"""
)


@pytest.fixture
def display(tmp_path):
    """The environment of programs that share a clipboard: of an X server, or of one offscreen program alone."""
    env = {**os.environ, "DUKKAN_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
    if not shutil.which("Xvfb"):
        yield env
        return
    read, write = os.pipe()
    arguments = ["Xvfb", "-displayfd", str(write), "-screen", "0", "800x600x24", "-nolisten", "tcp"]
    with subprocess.Popen(arguments, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        yield {**env, "QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
        server.terminate()


@pytest.fixture
def reply(shop, painted):
    """A reply of a text, a picture and a PDF, in a shop that is closed."""

    def fill(session):
        add_reply(session, "a", "أهلًا *{customer|بكم}*\n🌿 https://wa.me/971501234567")
        add_pictures(session, 1, [normalise(painted(width=40, height=30))])
        add_pdf(session, 1, "الأسعار.pdf", b"%PDF-1.7")
        add_part(session, 1, "text", text="\u2066+971\u2069")

    database = Database(shop)
    database.run("Fill", fill)
    database.close()
    return shop


def test_another_program_finds_each_part_in_turn(reply, display):
    shared = display["QT_QPA_PLATFORM"] == "xcb"
    arguments = [sys.executable, "-c", COPY, str(reply), "shared" if shared else "alone"]
    found = []
    with subprocess.Popen(arguments, env=display, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        try:
            for _part in range(4):
                program.stdin.write("next\n")
                program.stdin.flush()
                found.append(json.loads(program.stdout.readline()))
                if shared:
                    look = [sys.executable, "-c", LOOK]
                    done = subprocess.run(look, env=display, capture_output=True, text=True, timeout=60, check=True)
                    assert json.loads(done.stdout) == found[-1], "what the other sees is what was meant"
        finally:
            with suppress(BrokenPipeError):
                program.stdin.close()
    assert program.returncode == 0
    text, picture, pdf, last = found
    assert text == ["أهلًا *بكم*\n🌿 https://wa.me/971501234567", [], 0]
    assert picture[2] == 40
    assert Path(picture[1][0]).suffix in (".png", ".jpg")
    assert Path(pdf[1][0]).name == "الأسعار.pdf"
    assert Path(pdf[1][0]).read_bytes() == b"%PDF-1.7"
    assert last[0] == "+971"


class Held:
    """A clipboard that another program holds, as it happens on Windows."""

    def setText(self, text):
        """Take nothing."""

    def setMimeData(self, data):
        """Take nothing."""

    def mimeData(self):
        return None

    def ownsClipboard(self):
        return False

    def text(self):
        return "theirs"


@pytest.fixture
def held(monkeypatch):
    monkeypatch.setattr(QGuiApplication, "clipboard", lambda: Held())


def test_a_text_is_put_there(qapp):
    assert put_text("سعر 75") == ""
    assert QGuiApplication.clipboard().text() == "سعر 75"


def test_a_clipboard_that_takes_nothing_is_told(context, held):
    said = []
    context.said.connect(said.append)
    context.copy("x", "The link is copied.")
    assert "did not take it" in said[0].sentence


def test_a_button_does_not_say_copied_where_nothing_was(qtbot, held):
    button = CopyButton("Copy link", lambda: "x")
    qtbot.addWidget(button)
    copied = []
    button.copied.connect(copied.append)
    button.click()
    assert (button.text(), copied) == ("Not copied", [])


def test_a_picture_that_is_not_taken_is_told(context, held):
    said = []
    context.said.connect(said.append)
    data = QMimeData()
    data.setText("picture")
    assert not context.copy_data(data, "The picture is copied.")
    assert "did not take it" in said[0].sentence
