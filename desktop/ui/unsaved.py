"""What is typed and cannot be saved as it is: why that is in the way of something, and that a page is left with it."""

from functools import partial
from typing import TYPE_CHECKING

from desktop.i18n import _

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow
    from desktop.ui.pages.page import Page


def in_the_way() -> str:
    """Say why something was not done, at the field that is in the way of it."""
    return _("This field is not saved yet, so that was not done. Correct it, or press Esc in it, and try again.")


def in_the_way_of_undo() -> str:
    """Say so of Undo: what it would have taken back stands."""
    return _("Nothing was undone, because this field is not saved yet. Correct it, or press Esc in it, then undo.")


def in_the_way_of_closing() -> str:
    """Say so of closing the window, or the shop, which one may do all the same."""
    return _("This field is not saved yet. Correct it, or close again to lose what you typed in it.")


def in_the_way_of_rescue() -> str:
    """Say so of leaving a damaged shop, into which it may be that nothing can be saved."""
    return _("This field is not saved. Copy what you typed in it, and press the button above again.")


def tell_left(window: "MainWindow", name: str, page: "Page") -> None:
    """Say that something is not saved on a page that is not shown any more, and lead back to it."""
    from desktop.ui.widgets.field import Field

    if not page.context.database.lost and [field for field in page.findChildren(Field) if not field.commit()]:
        sentence = _("Something you typed on the page you left is not saved yet. It is kept there.")
        window.toast.say(sentence, _("Show"), partial(_return, window, name, page))


def _return(window: "MainWindow", name: str, page: "Page") -> None:
    window.go(name)
    page.commit()  # which goes to the field
