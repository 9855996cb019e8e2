"""Business hours as they are kept, on both databases."""

from sqlalchemy import select

from desktop.data.models import Overlay, OverlayHours
from desktop.services.hours import DAY, Span, add_overlay, read_hours, set_hours


def test_a_week_is_written_and_read_in_order(both):
    week = [
        Span(4, 13 * 60, DAY + 90),  # past midnight
        Span(4, 6 * 60, 11 * 60),
        Span(0, kind="all_day"),
        Span(1, kind="appointment"),
    ]
    both.run("Hours", set_hours, week)
    with both.reader() as session:
        assert read_hours(session) == [week[2], week[3], week[1], week[0]]
    both.run("Hours", set_hours, [Span(2, 600, 1320)])
    with both.reader() as session:
        assert read_hours(session) == [Span(2, 600, 1320)]
    both.undo()
    with both.reader() as session:
        assert len(read_hours(session)) == 4


def test_stretches_of_days_have_hours_of_their_own(both):
    overlay = both.run(
        "Ramadan", add_overlay, "رمضان", "2027-02-08", "2027-03-09", [Span(None, 780, 1080), Span(4, 840, 1080)]
    )
    with both.reader() as session:
        row = session.get_one(Overlay, overlay)
        assert (row.name, row.starts, row.ends) == ("رمضان", "2027-02-08", "2027-03-09")
        spans = session.scalars(select(OverlayHours).order_by(OverlayHours.id))
        assert [(span.weekday, span.opens) for span in spans] == [(None, 780), (4, 840)]
    both.undo()
    with both.reader() as session:
        assert list(session.scalars(select(OverlayHours))) == []
