"""Publish: every form in which the catalog is given out, and what was made of it."""

from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.data.models import Collection, CollectionItem, Export, Picture, Product, ProductText, Profile, Variant
from desktop.data.notice import Notice
from desktop.exchange.publish import FORMS
from desktop.i18n import _
from desktop.services import exports
from desktop.services.exports import Outdated
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.pages.exports import ICONS, ExportsView
from desktop.ui.pages.page import Page
from desktop.ui.pages.publish_form import FormView, made_when
from desktop.ui.pages.publish_options import offered
from desktop.ui.saving import Opener
from desktop.ui.tasks import Job
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.rows import Row, Tile
from desktop.ui.widgets.scroll import Scroll

WIDE = 212  # px of the list of forms
ALL = "made"  # the list of everything that was made
SHOWN = (Product, ProductText, Variant, Picture, Collection, CollectionItem, Profile)


class Where(NamedTuple):
    """What one was looking at, a kind of FORMS or ALL, and what was chosen for each form that was looked at."""

    kind: str
    options: dict[str, dict[str, Any]]


class PublishPage(Page):
    """A list of forms and, beside it, the one that is chosen; each is made when it is first looked at."""

    def __init__(self, context: Context, opener: Opener = QDesktopServices.openUrl) -> None:
        super().__init__(context)
        self._opener = opener
        self._views: dict[str, FormView] = {}
        self._last: dict[str, Export] = {}
        self._outdated: dict[int, Outdated] = {}
        self._job: Job | None = None
        self.rows: dict[str, Row] = {}
        self._group = QButtonGroup(self)
        self.stack = QStackedWidget()
        self.exports = ExportsView(context, opener)
        self.stack.addWidget(self.exports)
        self._lay_out()
        self.exports.card.made.connect(self.refresh)
        self._read_last()
        self.choose(FORMS[0].kind)

    def _lay_out(self) -> None:
        header = PageHeader(_("Publish catalog"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        for form in FORMS:
            column.addWidget(self._row(form.kind, ICONS.get(form.kind, "file-text"), _(form.title)))
        line = QWidget()
        theme.look(line, "line")
        line.setFixedHeight(1)
        column.addWidget(line)
        # TRANSLATORS: a list of the files, codes and pictures that were made of the shop.
        column.addWidget(self._row(ALL, "folder-open", _("What was made")))
        column.addStretch()
        area = Scroll(inside)
        area.setFixedWidth(theme.pixels(WIDE))
        body = QHBoxLayout()
        body.setSpacing(theme.pixels(16))
        body.addWidget(area)
        body.addWidget(self.stack, 1)
        around = theme.pixels(24)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(around, around, around, around)
        layout.setSpacing(theme.pixels(16))
        layout.addWidget(header)
        layout.addLayout(body, 1)

    def _row(self, kind: str, icon: str, title: str) -> Row:
        row = Row(Tile(icon, 32), title, "", partial(self.choose, kind))
        row.setCheckable(True)
        self._group.addButton(row)
        self.rows[kind] = row
        return row

    # What is shown

    def view(self) -> FormView | None:
        """Return the form that is shown, None for what was made."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, FormView) else None

    def choose(self, kind: str) -> None:
        """Show one of FORMS, or ALL."""
        self.rows[kind].setChecked(True)
        if kind == ALL:
            self.stack.setCurrentWidget(self.exports)
            return
        if kind not in self._views:
            form = next(form for form in FORMS if form.kind == kind)
            choice, export = self.context.get(offered), self._last.get(kind)
            view = FormView(self.context, form, choice, export, self._opener)
            view.show_export(export, self._outdated.get(export.id) if export else None)
            view.made.connect(self._on_made)
            self._views[kind] = view
            self.stack.addWidget(view)
        self.stack.setCurrentWidget(self._views[kind])

    def on_changed(self, notice: Notice) -> None:
        """Look again at what would be given out, and at what is out of date by now."""
        if any(notice.of(model) for model in SHOWN):
            choice = self.context.get(offered)
            for view in self._views.values():
                view.refresh(choice)
        if notice.changes and self.isVisible():
            self.refresh()

    def show_target(self, target: object) -> None:
        """Show a form by its kind, or (kind, ids) for some items, or what `state` returned."""
        match target:
            case Where():
                for kind, options in target.options.items():
                    self.choose(kind)
                    self._views[kind].options.set_options(options)
                self.choose(target.kind)
            case (str(kind), list(items)) if kind in self.rows:
                self.choose(kind)
                chosen = self._views[kind].options
                chosen.set_options({**chosen.options(), "items": items})
                self._views[kind].look_again()
            case str() if target in self.rows:
                self.choose(target)

    def state(self) -> Where:
        """Return the form that is shown, and what was chosen for each."""
        view = self.view()
        chosen = {kind: view.options.options() for kind, view in self._views.items()}
        return Where(view.form().kind if view else ALL, chosen)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()  # something may have been made on another page

    # What was made

    @Slot()
    def refresh(self) -> None:
        """Read what was made last of each form, and what has changed since, away from the window."""
        self._job = self.context.read(_made).begin(self._on_read, self._on_failed, instead_of=self._job)

    def _read_last(self) -> None:
        self._last = _latest(self.context.get(exports.list_exports))
        self._tell()

    @Slot(object)
    def _on_read(self, found: tuple[list[Export], list[Outdated]]) -> None:
        self._job = None
        self._last = _latest(found[0])
        self._outdated = {one.export.id: one for one in found[1]}
        self._tell()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        raise error

    @Slot()
    def _on_made(self) -> None:
        self.refresh()
        if self.exports.isVisible():
            self.exports.refresh()

    def _tell(self) -> None:
        """Say at each form when it was made last."""
        for form in FORMS:
            export = self._last.get(form.kind)
            stale = self._outdated.get(export.id) if export else None
            note = self.rows[form.kind].note
            # TRANSLATORS: the shop has changed after something was exported.
            note.setText((_("Changed since then") if stale else made_when(export, None)) if export else "")
            note.setVisible(export is not None)
            theme.look(note, "warn" if stale else "small")
            self.rows[form.kind].setAccessibleDescription(note.text())
            if form.kind in self._views:
                self._views[form.kind].show_export(export, stale)


def _made(session: Session) -> tuple[list[Export], list[Outdated]]:
    return exports.list_exports(session), exports.outdated(session)


def _latest(found: list[Export]) -> dict[str, Export]:
    """Return the last export of each kind on this computer."""
    last: dict[str, Export] = {}
    for export in found:
        if exports.is_here(export):
            last.setdefault(export.kind, export)
    return last
