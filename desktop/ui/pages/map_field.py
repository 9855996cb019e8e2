"""The profile's field for the place on the map: any map app's link, or coordinates, and a button to look there."""

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout

from desktop.data.models import Profile
from desktop.i18n import _
from desktop.i18n.formats import ltr
from desktop.services.maps import needs_coordinates
from desktop.ui.saving import Opener
from desktop.ui.widgets.buttons import flat, row_of
from desktop.ui.widgets.field import LineField, Save
from desktop.ui.widgets.labels import Label


class MapField(LineField):
    """Says the coordinates that a link was read to have, or why it has none."""

    def __init__(self, save: Save[str], opener: Opener = QDesktopServices.openUrl) -> None:
        self._opener = opener
        self._link = QUrl()
        self.place = Label("", "code")
        self.open = flat(_("Open the map"), "map-pin")
        hint = _("Paste the link that a map app gives for sharing the place, or its coordinates.")
        super().__init__(_("Location on the map"), save, hint=hint, placeholder="25.2048, 55.2708", ltr=True)
        self.open.clicked.connect(self._on_open)

    def show_place(self, profile: Profile) -> None:
        """Show where the stored link leads."""
        self._link = QUrl(profile.map_link)
        known = bool(profile.latitude and profile.longitude)
        self.place.setText(ltr(f"{profile.latitude}, {profile.longitude}") if known else "")
        self.open.setVisible(self._link.scheme() == "https")
        short = needs_coordinates(profile.map_link) and not known
        words = _("This short link works, but tells no coordinates. Open the map and copy them from there.")
        self.advise(words if short else "")

    def _lay_out(self) -> None:
        super()._lay_out()
        row = row_of(self.open)
        row.addWidget(self.place)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout), "every field has one"
        layout.addLayout(row)

    @Slot()
    def _on_open(self) -> None:
        if self._link.scheme() == "https":  # whatever is stored, nothing but a web page is opened
            self._opener(self._link)
