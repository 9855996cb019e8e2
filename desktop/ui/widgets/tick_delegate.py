"""The box to tick in a row of a table, drawn as CheckBox draws its own: Fusion's cannot be told from a ticked one."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.ui import icons, theme

Index = QModelIndex | QPersistentModelIndex


class TickDelegate(QStyledItemDelegate):
    """Draws the box of a row in the theme's colours, where the style has its own; give it its table."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        table = self.parent()
        assert isinstance(table, QTableView)
        box = table.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, whole, table)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        painter.save()
        painter.fillRect(box.adjusted(-1, -1, 1, 1), theme.colour("background"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("accent" if ticked else "border"))
        painter.setBrush(theme.colour("accent" if ticked else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if ticked:
            painter.drawPixmap(box, icons.pixmap("check", "on-accent", box.width(), table.devicePixelRatioF()))
        painter.restore()
