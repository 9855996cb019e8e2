"""What can be done with one picture of an item: one table for the menu, the keys and the large view."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from desktop.i18n import _
from desktop.ui.widgets.labels import form_is_rtl

if TYPE_CHECKING:
    from desktop.ui.pages.item_pictures import ItemPictures


@dataclass(frozen=True)
class PictureAction:
    """Something to do with the picture at a place: its words, keys and icon, and for which places it makes sense.

    `reads` says that it changes nothing, `begins` that a line stands above it in a menu.
    """

    words: str
    keys: QKeySequence
    icon: str
    act: Callable[[int], None]
    fits: Callable[[int], bool]
    reads: bool = False
    begins: bool = False


def actions(pictures: "ItemPictures") -> list[PictureAction]:
    """Return everything that can be done with a picture of `pictures`, in the order of a menu."""
    earlier, later = ("Alt+Right", "Alt+Left") if form_is_rtl() else ("Alt+Left", "Alt+Right")
    kept = pictures.is_kept
    turns = [
        PictureAction(_("Turn to the left"), QKeySequence("Ctrl+["), "rotate-ccw", partial(_turn, pictures, -1), kept),
        PictureAction(_("Turn to the right"), QKeySequence("Ctrl+]"), "rotate-cw", partial(_turn, pictures, 1), kept),
    ]
    if form_is_rtl():  # what stands first stands right
        turns.reverse()
    copy = QKeySequence(QKeySequence.StandardKey.Copy)
    delete = QKeySequence(QKeySequence.StandardKey.Delete)
    return [
        PictureAction(_("Open"), QKeySequence("Return"), "maximize", pictures.open, kept, reads=True),
        PictureAction(_("Copy picture"), copy, "copy", pictures.copy, kept, reads=True),
        PictureAction(
            _("Make first"),
            QKeySequence("Alt+Home"),
            "star",
            lambda number: pictures.place_at(number, 0),
            lambda number: number > 0,
            begins=True,
        ),
        PictureAction(
            _("Move earlier"),
            QKeySequence(earlier),
            "",
            lambda number: pictures.place_at(number, number - 1),
            lambda number: number > 0,
        ),
        PictureAction(
            _("Move later"),
            QKeySequence(later),
            "",
            lambda number: pictures.place_at(number, number + 1),
            lambda number: number < pictures.count() - 1,
        ),
        PictureAction(_("Crop to a square…"), QKeySequence("Ctrl+R"), "crop", pictures.crop, kept, begins=True),
        *turns,
        PictureAction(_("Replace…"), QKeySequence("Ctrl+Shift+R"), "image-up", pictures.replace, lambda number: True),
        PictureAction(_("Remove picture"), delete, "trash-2", pictures.remove, lambda number: True, begins=True),
    ]


def _turn(pictures: "ItemPictures", quarters: int, number: int) -> None:
    pictures.rotate(number, quarters)
