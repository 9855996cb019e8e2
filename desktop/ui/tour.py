"""The tour: the real window, driven through the main job on a sample shop, in both languages, without a screen.

It types where one types and presses what one presses, and leaves what an owner would have in the end: links, QR codes,
exports, and a picture of every page on the way.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop import config
from desktop.data.database import Database
from desktop.data.images import render_svg
from desktop.data.models import Product
from desktop.exchange.feed import write_feed
from desktop.exchange.files import write_file
from desktop.exchange.qr import make
from desktop.exchange.shop_json import write_json
from desktop.i18n import LANGUAGES, _, formats, ngettext
from desktop.resources import resource
from desktop.services.sample import create_sample
from desktop.ui import theme
from desktop.ui.main_window import MainWindow
from desktop.ui.pages import PAGES
from desktop.ui.shot import save, settle

SIZE = (1320, 840)
SAMPLE = "gifts"
PICTURE = "samples/gifts/pictures/BOX-0401.svg"
BASE_URL = "https://bayt-alhadaya.example.com/pictures/"
TYPED = {  # what the owner of the tour writes: about, item, price, sale price, search, reply, message
    "en": ("Gifts that say it for you", "Rose gift box", "75", "60", "watch", "/thanks", "Hello! I would like a box."),
    "ar": (
        "هدايا تقول ما في القلب",
        "علبة هدايا وردية",
        "٧٥",
        "٦٠",
        "ساعه",
        "/شكرا",
        "السلام عليكم، أرغب في علبة هدايا",
    ),
}
Speak = Callable[[QApplication, config.Settings, str], None]


class Tour:
    """One run of it; `speak` makes the application speak a language."""

    def __init__(self, application: QApplication, settings: config.Settings, out: Path, speak: Speak) -> None:
        self._application = application
        self._settings = settings
        self._out = out
        self._speak = speak
        self._links: list[str] = []
        self._window: MainWindow

    def run(self) -> int:
        """Take the tour in every language and return an exit code. Raises CannotWrite."""
        with tempfile.TemporaryDirectory() as folder:
            for language in LANGUAGES:
                self._speak(self._application, self._settings, language)
                self._tell(_("Dukkan in {language}").format(language=LANGUAGES[language]))
                self._walk(Path(folder), language)
        write_file(self._out / "links.txt", ("\n".join(self._links) + "\n").encode())
        self._tell(
            ngettext("{n} link is in links.txt.", "{n} links are in links.txt.", len(self._links)).format(
                n=formats.number(len(self._links))
            )
        )
        return 0

    def _walk(self, folder: Path, language: str) -> None:
        shop = folder / f"{SAMPLE}-{language}.dukkan"
        create_sample(shop, SAMPLE, language)
        self._window = MainWindow(self._settings)
        theme.dress(self._window)
        self._window.resize(*SIZE)
        self._window.show()
        self._window.set_database(Database(shop))
        try:
            about, name, price, sale, word, reply, message = TYPED[language]
            self._picture("home", language)
            self._edit_profile(about)
            self._picture("profile", language)
            code = self._add_item(folder, name, price)
            self._edit_item(sale)
            self._picture("catalog", language)
            self._search(word)
            self._copy_reply(reply)
            self._picture("replies", language)
            self._make_links(message, language)
            self._picture("links", language)
            self._export(language)
            self._undo()
            self._picture("settings", language)
            assert code, "a new item has been made"
        finally:
            self._window.close_shop_now()
            self._window.close()

    # The stops

    def _edit_profile(self, about: str) -> None:
        page = self._go("profile")
        self._type(page.fields["about"].editor, about)
        page.commit()
        self._tell(_("The profile now says: {text}").format(text=formats.auto(about)))

    def _add_item(self, folder: Path, name: str, price: str) -> int:
        page = self._go("catalog")
        page.add.click()
        settle(self._window)
        item = page.grid.current()
        self._type(page.inspector.name.editor, name)
        self._type(page.inspector.price.editor, price)
        self._type(page.inspector.code.editor, "TOUR-1")
        picture = folder / "picture.jpg"
        picture.write_bytes(render_svg(resource(PICTURE), 1000).data)
        page.inspector.pictures.add.dropped.emit([str(picture)])
        page.commit()
        settle(self._window)
        self._tell(_("An item was added, with a picture: {name}").format(name=formats.auto(name)))
        return int(item)

    def _edit_item(self, sale: str) -> None:
        page = self._go("catalog")
        self._type(page.inspector.sale_price.editor, sale)
        page.commit()
        page.inspector.share.copy_answer.click()
        answer = QGuiApplication.clipboard().text()
        self._tell(_("The answer to “how much is it?” is on the clipboard:"))
        print(answer)
        page.inspector.share.copy_link.click()
        self._links.append(QGuiApplication.clipboard().text())

    def _search(self, word: str) -> None:
        page = self._go("catalog")
        self._type(page.search, word)
        settle(self._window)
        found = len(page.grid.cards.ids)
        sentence = ngettext("A search for {word} finds {n} item.", "A search for {word} finds {n} items.", found)
        self._tell(sentence.format(word=formats.auto(word), n=formats.number(found)))
        page.search.clear()

    def _copy_reply(self, shortcut: str) -> None:
        page = self._go("replies")
        self._type(page.search, shortcut)
        settle(self._window)
        page.list.setFocus()
        _press(page.list, Qt.Key.Key_Home)
        page.editor.copy.click()
        self._tell(_("A quick reply is on the clipboard:"))
        print(QGuiApplication.clipboard().text())

    def _make_links(self, message: str, language: str) -> None:
        page = self._go("links").view()
        page.kinds.set_value("chat")
        self._type(page.text, message)
        self._keep_link(page, f"qr-chat-{language}")
        item = self._window.context.get(_newest) if self._window.context else None
        page.show_target(("item", item))
        self._keep_link(page, f"qr-item-{language}")
        page.show_target(page.state()._replace(kind="catalog"))
        self._keep_link(page, f"qr-catalog-{language}")
        page.show_target(page.state()._replace(kind="chat"))
        page.show_target(page.state()._replace(text=message))

    def _keep_link(self, page: Any, name: str) -> None:
        settle(self._window)
        page.preview.copy.click()
        link = QGuiApplication.clipboard().text()
        self._links.append(link)
        code = make(link)
        write_file(self._out / f"{name}.png", code.png(8))
        write_file(self._out / f"{name}.svg", code.svg().encode())
        self._tell(
            _("{link} and its QR code in {file}").format(link=formats.ltr(link), file=formats.ltr(f"{name}.png"))
        )

    def _export(self, language: str) -> None:
        assert self._window.context, "there is a shop"
        with self._window.context.reader() as session:
            write_feed(session, self._out / f"feed-{language}.csv", BASE_URL)
            write_json(session, self._out / f"shop-{language}.json")
        for name in (f"feed-{language}.csv", f"shop-{language}.json"):
            self._tell(_("The catalog was exported to {file}").format(file=formats.ltr(name)))

    def _undo(self) -> None:
        self._window.undo.trigger()
        self._tell(self._window.toast.words.text())

    # What every stop does

    def _go(self, page: str) -> Any:
        self._window.go(page)
        settle(self._window)
        return self._window.page()

    def _type(self, editor: QWidget, text: str) -> None:
        assert isinstance(editor, (QLineEdit, QTextEdit)), "one can write there"
        editor.setFocus()
        editor.selectAll()
        for letter in text:
            _press(editor, Qt.Key.Key_unknown, letter)

    def _picture(self, page: str, language: str) -> None:
        self._go(page)
        self._window.toast.hide()
        name = f"{page}-{language}.png"
        save(self._window, self._out / name)
        title = next(_(entry.title) for entry in PAGES if entry.name == page)
        self._tell(_("{file} shows the page {page}.").format(file=formats.ltr(name), page=formats.auto(title)))

    def _tell(self, sentence: str) -> None:
        print(sentence, flush=True)


def _press(widget: QWidget, key: Qt.Key, text: str = "") -> None:
    """Press and release a key. (QTest knows the letters of English only.)"""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def _newest(session: Session) -> int | None:
    return session.scalar(select(func.max(Product.id)))
