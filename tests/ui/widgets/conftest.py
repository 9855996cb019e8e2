"""Windows to put widgets into, in both directions."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget


@pytest.fixture
def window(in_front):
    """A function that shows widgets one below the other, in an active window of 480 × 360."""

    def show(*widgets):
        body = QWidget()
        layout = QVBoxLayout(body)
        for widget in widgets:
            layout.addWidget(widget)
        body.resize(480, 360)
        return in_front(body)

    return show


@pytest.fixture(params=["ltr", "rtl"])
def rtl(request, qapp):
    """Whether this round goes from right to left."""
    turned = request.param == "rtl"
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight)
    yield turned
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
