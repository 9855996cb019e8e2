"""The frame over a picture: whatever is done to it, it stays a part of the picture, or around it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.widgets.framing import CLOSEST, FARTHEST, Framing

sizes = st.integers(1, 4000)
aspects = st.sampled_from([1, 16 / 9])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("moved"), st.floats(-5000, 5000), st.floats(-5000, 5000)),
        st.tuples(st.just("zoomed"), st.floats(0.01, 100), st.floats(-100, 4100), st.floats(-100, 4100)),
        st.tuples(st.just("turned"), st.booleans()),
        st.tuples(st.just("whole")),
        st.tuples(st.just("at_closeness"), st.floats(0, 1)),
    ),
    max_size=12,
)


@given(sizes, sizes, aspects, st.booleans(), steps)
def test_it_never_leaves_the_picture(width, height, aspect, round, steps):
    frame = Framing.filled(width, height, aspect, round)
    for name, *values in steps:
        frame = getattr(frame, name)(*values)
    assert {frame.width, frame.height} == {width, height}
    for at, half, length in ((frame.x, frame.wide / 2, frame.width), (frame.y, frame.wide / aspect / 2, frame.height)):
        low, high = sorted((half, length - half))
        assert low - 1e-6 <= at <= high + 1e-6
    x, y, wide, high = frame.box()
    assert min(wide, high) >= 1
    assert wide == pytest.approx(frame.wide, abs=1)
    if frame.is_filled():
        assert x >= 0
        assert y >= 0
        assert x + wide <= max(frame.width, wide)
        assert y + high <= max(frame.height, high)
    assert x < frame.width
    assert y < frame.height
    assert x + wide > 0
    assert y + high > 0
    assert -1e-9 <= frame.closeness <= 1 + 1e-9


def test_at_first_it_is_filled_by_the_middle():
    assert Framing.filled(300, 200, 1).box() == (50, 0, 200, 200)
    assert Framing.filled(320, 320, 16 / 9).box() == (0, 70, 320, 180)
    assert Framing.filled(640, 360, 16 / 9).box() == (0, 0, 640, 360)


def test_the_whole_picture_has_its_corners_in_the_circle():
    frame = Framing.filled(300, 200, 1, round=True).whole()
    assert frame.wide == pytest.approx(math.hypot(300, 200))
    assert not frame.is_filled()
    assert Framing.filled(300, 200, 1).whole().box() == (0, -50, 300, 300)


def test_what_is_below_the_pointer_stays_there():
    frame = Framing.filled(1000, 1000, 1)
    closer = frame.zoomed(2, 200, 300)
    assert (200 - closer.x) / closer.wide == pytest.approx((200 - frame.x) / frame.wide)
    assert (300 - closer.y) / closer.wide == pytest.approx((300 - frame.y) / frame.wide)


def test_closer_and_farther_have_ends():
    frame = Framing.filled(1000, 1000, 1)
    assert frame.zoomed(1e9).wide == 1000 / CLOSEST
    assert frame.zoomed(1e-9).wide == 1000 * FARTHEST
    assert (frame.zoomed(1e9).closeness, frame.zoomed(1e-9).closeness) == (1, 0)
    assert frame.at_closeness(frame.closeness).wide == pytest.approx(frame.wide)


def test_four_quarters_are_none():
    frame = Framing.filled(300, 200, 1).zoomed(2).moved(20, 30)
    turned = frame
    for _quarter in range(4):
        turned = turned.turned()
    assert turned == frame
    assert frame.turned().turned(clockwise=False) == frame


def test_turning_keeps_what_was_in_the_middle():
    frame = Framing.filled(300, 200, 1).zoomed(4).moved(50, 20)  # the middle is (100, 80)
    assert (frame.x, frame.y) == (100, 80)
    assert (frame.turned().x, frame.turned().y) == (120, 100)
    assert (frame.turned(False).x, frame.turned(False).y) == (80, 200)
