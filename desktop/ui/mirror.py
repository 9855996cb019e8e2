"""Where things stand in the direction of reading. QStyle knows it too, but its many names cost a start 10 ms."""

from PySide6.QtCore import QRect, Qt


def mirrored(place: QRect, within: QRect, direction: Qt.LayoutDirection) -> QRect:
    """Return where `place`, given as from the left, is within another place: from the right, as far from that edge."""
    if direction != Qt.LayoutDirection.RightToLeft:
        return place
    return place.translated(within.left() + within.right() - place.left() - place.right(), 0)


def edge(direction: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    """Return at which edge lines begin, whatever they are written in."""
    rtl = direction == Qt.LayoutDirection.RightToLeft
    return (Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignAbsolute
