"""Tool tips as they were written: Qt would take for markup what looks like it, and load the pictures it names."""

from PySide6.QtGui import Qt


def plain(text: str) -> str:
    """Return what is to be given to a tool tip for it to show exactly `text`, also where that is <b>so</b>."""
    if not Qt.mightBeRichText(text):
        return text
    return f'<p style="white-space: pre-wrap">{text.replace("&", "&amp;").replace("<", "&lt;")}</p>'
