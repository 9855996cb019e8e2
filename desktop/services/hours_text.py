"""Hours in words: one function for each thing that is said of them, used by window, messages and command line alike.

All is in the language in use. Times follow `formats`; weeks begin as the territory's do.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from desktop.i18n import _, formats, is_rtl
from desktop.services.opening import DAY, ONE_DAY, WEEKDAYS, Schedule, Span, State, Stretch

RLM = "\u200f"
SOON = 6 * 60  # minutes after midnight in which a closing belongs to the night before


def state_text(state: State, now: dt.datetime) -> str:
    """Say how it is now and until when: "Open now · closes 10:00 pm", "Closed · opens tomorrow 10:00 am"."""
    if state.open:
        if state.until is None:
            return formats.shown(_("Open now · 24 hours, every day"))
        # TRANSLATORS: {when} is as in "10:00 pm" or "Friday 10:00 pm".
        return _("Open now · closes {when}").format(when=_when(state.until, now, night=True))
    when = _when(state.until, now) if state.until else ""
    if state.reason == "appointment":
        return _("By appointment · opens {when}").format(when=when) if when else _("By appointment only")
    # TRANSLATORS: {when} is as in "4:00 pm" or "tomorrow 10:00 am".
    return _("Closed · opens {when}").format(when=when) if when else _("Closed")


def week_text(week: Sequence[Span], territory: str) -> str:
    """Return a usual week on one line: "Daily 10:00 am – 10:00 pm, Friday 4:00 pm – 10:00 pm"; "" without hours."""
    # TRANSLATORS: between the hours of some days and those of others.
    return _(", ").join(week_lines(week, territory))


def week_lines(week: Sequence[Span], territory: str) -> list[str]:
    """Return a usual week, the days of equal hours on one line; none without hours."""
    if not week:
        return []
    return _lines({day: [span for span in week if span.weekday == day] for day in WEEKDAYS}, territory)


def day_text(spans: Sequence[Span]) -> str:
    """Return the hours of a day: "10:00 am – 1:00 pm and 4:00 pm – 10:00 pm", "Closed", "Open 24 hours"."""
    if not (hours := _day(spans)):
        return _("Closed")
    if any(span.kind == "open" for span in spans) and not _is_whole(spans):
        return f"{RLM}{hours}" if is_rtl() else hours  # nothing else tells which end of a range comes first
    return formats.shown(_("Open 24 hours")) if _is_whole(spans) else _("By appointment only")


def today_text(schedule: Schedule, now: dt.datetime) -> str:
    """Return the hours of the day it is: "Today 4:00 pm – 10:00 pm"."""
    hours = _day(schedule.hours_on(now.astimezone(schedule.zone).date()))
    # TRANSLATORS: {hours} is as in "4:00 pm – 10:00 pm" or "24 hours".
    return _("Today {hours}").format(hours=hours) if hours else _("Closed today")


def next_opening_text(state: State, now: dt.datetime) -> str:
    """Return when it opens next: "today 4:00 pm", "Saturday 10:00 am"; "" if never."""
    return _moment(state.next_opening, now) if state.next_opening else ""


def closing_text(state: State, now: dt.datetime) -> str:
    """Return when it closes, now or after it has opened again: "10:00 pm", "tomorrow 10:00 pm"; "" if never."""
    return _when(state.next_closing, now, night=True) if state.next_closing else ""


def stretch_text(stretch: Stretch, schedule: Schedule, territory: str) -> str:
    """Return the hours in a stretch on one line; weekdays that it does not have are left out."""
    return _(", ").join(stretch_lines(stretch, schedule, territory))


def stretch_lines(stretch: Stretch, schedule: Schedule, territory: str) -> list[str]:
    """Return the hours in a stretch, the days of equal hours on one line."""
    alone = Schedule(schedule.week, (stretch,), schedule.zone)
    dates = [stretch.first + day * ONE_DAY for day in range(min(stretch.days, 7))]
    hours = {date.weekday(): alone.hours_on(date) for date in dates}
    if len({_day(spans) for spans in hours.values()}) == 1:
        return [day_text(hours[stretch.first.weekday()])]
    return _lines(hours, territory)


def dates_text(stretch: Stretch, today: dt.date) -> str:
    """Return the days of a stretch: "Wednesday, 2 December", "8 February 2027 to 9 March 2027"."""
    first = formats.date(stretch.first, weekday=stretch.days == 1, today=today)
    if stretch.days == 1:
        return first
    # TRANSLATORS: weekdays or dates, as in "Monday to Thursday".
    return _("{first} to {last}").format(first=first, last=formats.date(stretch.last, today=today))


def skipped_text(schedule: Schedule, today: dt.date) -> str:
    """Say which opening or closing the next change of the clock skips within a year; "" where none."""
    zone = schedule.zone
    midnight = dt.datetime.combine(today, dt.time())
    offset = zone.utcoffset(midnight)
    for days in range(366):
        later = zone.utcoffset(midnight + (days + 1) * ONE_DAY)
        if later == offset:
            continue
        offset, day = later, today + days * ONE_DAY
        for near in (day - ONE_DAY, day):
            if found := schedule.skipped(near):
                minutes, change = found[0]
                message = _("The clock skips {time} on {date}: that day {change} counts instead.")
                date = formats.date((change - dt.timedelta(seconds=1)).date(), today=today)
                return message.format(time=formats.time(minutes), date=date, change=formats.time(change.time()))
    return ""


def ordered_weekdays(territory: str) -> list[int]:
    """Return the weekdays (0 is Monday) as the territory's weeks have them."""
    first = formats.first_weekday(territory)
    return [(first + day) % 7 for day in WEEKDAYS]


def _lines(hours: Mapping[int, Sequence[Span]], territory: str) -> list[str]:
    """Say in lines what the hours of the weekdays given are."""
    groups: dict[str, list[int]] = {}
    for day in ordered_weekdays(territory):
        if day in hours:
            groups.setdefault(_day(hours[day]), []).append(day)
    usual = max(groups, key=lambda text: len(groups[text]))
    if usual and "" not in groups and len(hours) == 7 and len(groups[usual]) >= 6:
        daily = _("Daily {hours}").format(hours=usual)
        return [daily, *(_line(text, days) for text, days in groups.items() if text != usual)]
    return [_line(text, days) for text, days in sorted(groups.items(), key=lambda group: not group[0])]


def _line(hours: str, days: list[int]) -> str:
    names = _names(days)
    # TRANSLATORS: the hours of some weekdays, as in "Monday to Thursday 9:00 am – 6:00 pm".
    return _("{days} {hours}").format(days=names, hours=hours) if hours else _("{days} closed").format(days=names)


def _names(days: list[int]) -> str:
    """Return weekdays in words, those that follow each other from … to, also across the end of the week."""
    inside = set(days)
    starts = [day for day in days if (day - 1) % 7 not in inside] or days[:1]
    parts = []
    for start in starts:
        length = next(n for n in range(1, 8) if n == 7 or (start + n) % 7 not in inside)
        first, last = formats.weekday_name(start), formats.weekday_name((start + length - 1) % 7)
        if length < 3:
            parts += [first, last][:length]
        else:
            parts.append(_("{first} to {last}").format(first=first, last=last))
    return formats.listing(parts)


def _day(spans: Sequence[Span]) -> str:
    """Return the hours of a day as they stand behind its name, "" where it is closed."""
    if _is_whole(spans):
        # TRANSLATORS: behind a day, as in "Friday 24 hours".
        return formats.shown(_("24 hours"))
    ranges = [formats.hours(*ends) for ends in sorted((s.opens, s.closes) for s in spans if s.kind == "open")]
    if not ranges:
        # TRANSLATORS: behind a day, as in "Friday by appointment only".
        return _("by appointment only") if any(span.kind == "appointment" for span in spans) else ""
    text = ranges.pop()
    while ranges:  # not formats.listing: a range must not be set apart as a whole, see formats.span
        # TRANSLATORS: hours of one day, as in "9:00 am – 1:00 pm and 4:00 pm – 10:00 pm".
        text = _("{hours} and {more}").format(hours=ranges.pop(), more=text)
    return text


def _is_whole(spans: Sequence[Span]) -> bool:
    return any(s.kind == "all_day" or (s.kind == "open" and (s.opens, s.closes) == (0, DAY)) for s in spans)


def _when(moment: dt.datetime, now: dt.datetime, night: bool = False) -> str:
    """Return a moment without its day where that is today, or with `night` in the small hours that follow."""
    days = (moment.date() - now.astimezone(moment.tzinfo).date()).days
    minutes = moment.hour * 60 + moment.minute
    if days == 0 or (night and days == 1 and minutes <= SOON):
        return formats.time(minutes)
    return _moment(moment, now)


def _moment(moment: dt.datetime, now: dt.datetime) -> str:
    return formats.datetime(moment.replace(tzinfo=None), today=now.astimezone(moment.tzinfo).date())
