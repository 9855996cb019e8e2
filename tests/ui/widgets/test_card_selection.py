"""What is chosen among many, without a window."""

import pytest

from desktop.ui.widgets.card_selection import Selection, arranged, stepped


@pytest.mark.parametrize(
    ("chosen", "steps", "expected"),
    [
        ([1], 1, 3),
        ([1], -1, 0),
        ([0], -1, 1),  # it stands first already
        ([4], 1, None),
        ([3], 1, None),
        ([1], 3, None),
        ([1], 99, None),
        ([3], -99, 0),
        ([1, 2], 1, 4),
        ([1, 3], 1, None),  # they gather behind the last
        ([1, 3], -1, 0),
        ([0, 1, 2, 3, 4], 1, None),
        ([2], 2, None),
    ],
)
def test_before_what_the_chosen_ones_come_to_stand(chosen, steps, expected):
    assert stepped(range(5), set(chosen), steps) == expected


@pytest.mark.parametrize(
    ("moved", "before", "expected"),
    [
        ([4], 1, [0, 4, 1, 2, 3]),
        ([3, 0], 2, [1, 0, 3, 2, 4]),
        ([0, 3], 3, [1, 2, 0, 3, 4]),
        ([1], None, [0, 2, 3, 4, 1]),
        ([1], 99, [0, 2, 3, 4, 1]),
        ([99], 1, [0, 1, 2, 3, 4]),
    ],
)
def test_how_they_stand_then(moved, before, expected):
    assert arranged(range(5), moved, before) == expected


def test_shift_extends_from_where_one_began():
    selection = Selection()
    selection.only(3)
    selection.extend(range(10), 5)
    assert selection.chosen == {3, 4, 5}
    selection.extend(range(10), 1)
    assert selection.chosen == {1, 2, 3}
    selection.toggle(8)
    assert selection.chosen == {1, 2, 3, 8}
    selection.extend(range(10), 9, add=True)
    assert selection.listed(range(10)) == [1, 2, 3, 8, 9]
    selection.keep([9, 2])
    assert selection.chosen == {2, 9}
    selection.extend([2, 9], 9)  # what one began at is gone: from the first
    assert selection.chosen == {2, 9}


def test_the_last_one_stays():
    selection = Selection()
    selection.only(3)
    selection.toggle(3)
    assert selection.chosen == {3}
    selection.toggle(4)
    selection.toggle(3)
    assert selection.chosen == {4}
    selection.only(None)
    assert selection.listed(range(9)) == []
