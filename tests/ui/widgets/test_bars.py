"""A chart of bars, by mouse and by key, in both directions."""

from PySide6.QtCore import Qt

from desktop.ui.widgets.bars import Bar, BarChart

BARS = [Bar(amount, str(amount), name, f"{name}: {amount}") for name, amount in (("Jan", 3), ("Feb", 0), ("Mar", 9))]


def test_bars_are_chosen_by_mouse_and_by_key(qtbot, direction):
    chart = BarChart("Months")
    qtbot.addWidget(chart)
    chart.resize(300, 130)
    chart.set_bars(BARS)
    chart.show()
    assert (chart.place(0).center().x() > 150) == (direction == "ar")
    chosen = []
    chart.chosen.connect(chosen.append)
    for at in range(3):
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place(at).center())
    assert chosen == [0, 2], "what counts nothing leads nowhere"
    back = Qt.Key.Key_Right if direction == "ar" else Qt.Key.Key_Left
    for key in (back, Qt.Key.Key_Return, back, back, Qt.Key.Key_Return):
        qtbot.keyClick(chart, key)
    assert chosen == [0, 2, 0]
    assert chart.accessibleDescription() == "Jan: 3"


def test_the_longest_bar_is_the_highest(qtbot):
    chart = BarChart("Months")
    qtbot.addWidget(chart)
    chart.resize(300, 130)
    chart.set_bars(BARS)
    image = chart.grab().toImage()
    accent = image.pixelColor(chart.place(2).center())

    def high(at):
        x = chart.place(at).center().x() - 10
        return sum(image.pixelColor(x, y) == accent for y in range(image.height()))

    assert high(2) > 2 * high(0) > 0
    assert high(1) == 0


def test_an_empty_chart_is_painted(qtbot):
    chart = BarChart("Months")
    qtbot.addWidget(chart)
    assert not chart.grab().isNull()
    qtbot.keyClick(chart, Qt.Key.Key_Return)
