"""The sidebar shows every page and the whole name of the shop, also in the smallest window."""

from itertools import pairwise

from desktop.ui import theme
from desktop.ui.pages import PAGES
from desktop.ui.sidebar import Place, Sidebar


def test_nothing_covers_anything_in_the_smallest_window(qtbot):
    sidebar = Sidebar([Place(entry.name, entry.title, entry.icon, entry.group) for entry in PAGES])
    qtbot.addWidget(sidebar)
    sidebar.set_shop("Bakery")
    sidebar.resize(sidebar.width(), theme.pixels(610))
    sidebar.show()
    assert sidebar.height() == theme.pixels(610)
    places = [sidebar.mark.geometry(), *(button.geometry() for button in sidebar.buttons.values())]
    assert all(above.bottom() < below.top() for above, below in pairwise(places))
    assert sidebar.shop.height() >= sidebar.shop.fontMetrics().height()
    assert sidebar.rect().contains(places[-1])
