"""What a file of quick replies would change, before it does."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.exchange.replies_file import Change, Plan
from desktop.i18n import _, formats, ngettext
from desktop.ui import theme
from desktop.ui.dialogs.frame import column_of, foot
from desktop.ui.placeholder_marks import isolated
from desktop.ui.widgets.buttons import primary, quiet
from desktop.ui.widgets.labels import ElidedLabel, Label
from desktop.ui.widgets.scroll import Scroll

SHOWN = 100  # replies and problems that are listed; nobody reads more before a click
HEAD = 200  # characters of a text


class ReplyImportDialog(QDialog):
    """Counts, then what is wrong, then every reply that is new or changed. `accepted` is to bring them in."""

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Import replies"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        count = len(plan.changes)
        self.counts = Label(_counts(plan), wrap=True)
        self.problems = [Label(problem.message, "warn", wrap=True) for problem in plan.problems[:SHOWN]]
        words = ngettext("Import {n} reply", "Import {n} replies", count).format(n=formats.number(count))
        self.go = primary(words, "upload")
        self.cancel = quiet(_("Cancel") if count else _("Close"))
        self.go.setVisible(bool(count))
        self.go.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setSpacing(theme.pixels(8))
        for problem in self.problems:
            column.addWidget(problem)
        if more := len(plan.problems[SHOWN:]):
            column.addWidget(Label(_more(more), "muted"))
        self.rows = [_row(change) for change in plan.changes[:SHOWN]]
        for row in self.rows:
            column.addWidget(row)
        if more := len(plan.changes[SHOWN:]):
            column.addWidget(Label(_more(more), "muted"))
        column.addStretch()
        area = Scroll(focus=True)
        area.setWidget(inside)
        layout = column_of(self, _("Import replies"))
        layout.addWidget(self.counts)
        layout.addWidget(area, 1)
        layout.addLayout(foot(self.cancel, self.go))
        self.resize(theme.pixels(560), theme.pixels(520))
        (self.go if count else self.cancel).setFocus(Qt.FocusReason.OtherFocusReason)


def _counts(plan: Plan) -> str:
    if not plan.changes and not plan.skipped:
        return _("Everything in this file is here already. There is nothing to bring in.")
    counts = {name: formats.number(getattr(plan, name)) for name in ("new", "changed", "unchanged", "skipped")}
    return _("New: {new}. Changed: {changed}. Unchanged: {unchanged}. Left out: {skipped}.").format(**counts)


def _row(change: Change) -> QWidget:
    """Return a reply: its shortcut, whether it is new, and the beginning of its text."""
    row = QFrame()
    theme.look(row, "card")
    head = QHBoxLayout()
    head.addWidget(Label(formats.auto(f"/{change.row.shortcut}"), "accent"))
    head.addStretch()
    # TRANSLATORS: of a quick reply in a file: it is not in the shop yet, or is otherwise there.
    head.addWidget(Label(_("New") if change.reply is None else _("Changed"), "small"))
    column = QVBoxLayout(row)
    column.setContentsMargins(*(theme.pixels(12),) * 4)
    column.setSpacing(theme.pixels(2))
    column.addLayout(head)
    text = change.values.get("text", change.row.values.get("text", ""))[:HEAD]
    if text:
        column.addWidget(ElidedLabel(isolated(text)))
    return row


def _more(count: int) -> str:
    return ngettext("And {n} more", "And {n} more", count).format(n=formats.number(count))
