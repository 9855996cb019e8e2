"""`dukkan hours SHOP`: the week in words; `set DAYS HOURS` changes it, `--at` asks whether the shop is open then."""

import argparse
import datetime as dt
from typing import TYPE_CHECKING

from desktop.cli.failures import BAD_DATA, DONE, Failure
from desktop.cli.output import put, put_json, say
from desktop.cli.parsing import add_json, add_shop, moment
from desktop.cli.shops import opened, reading
from desktop.i18n import N_, _, formats

if TYPE_CHECKING:  # loaded when the command runs
    from sqlalchemy.orm import Session

    from desktop.services.opening import Schedule

DAILY = ("daily", "all", "يوميا", "يوميًا")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    parser.add_argument("action", choices=("set",), nargs="?", help=_("change the hours of some days"))
    parser.add_argument("days", metavar="DAYS", nargs="?", help=_("mon, or sat-thu, or mon,wed,fri, or daily"))
    hours = _("10:00-13:00,16:00-01:00 (past midnight), or closed, 24h or appointment")
    parser.add_argument("hours", metavar="HOURS", nargs="*", help=hours)
    at = _("say whether the shop is open at 2026-12-31T18:00, by its own clock where no zone is given")
    parser.add_argument("--at", metavar="ISO", type=moment, help=at)
    add_json(parser)
    parser.set_defaults(parser=parser)


def run(options: argparse.Namespace) -> int:
    """Print the week, or how it is at a moment; or store hours. Raises what `failures` knows.

    In JSON `open` is true or false, `until` when that changes, in ISO 8601, or null for never; `reason` is "hours",
    "all_day", "outside_hours", "closed_day" or "appointment", and `special_hours` the name of what decides, or null.
    """
    if options.action:
        if not options.hours or options.at:
            options.parser.error(_("say what to set: set DAYS HOURS"))
        return _set(options.shop, options.days, " ".join(options.hours))
    from desktop.services.hours import read_schedule

    with reading(options.shop) as session:
        schedule = read_schedule(session)
        territory = _use_formats(session)
    if options.at or options.json:
        return _tell(schedule, options.at or dt.datetime.now(dt.UTC), options.json)
    from desktop.services.hours_text import week_lines

    lines = week_lines(schedule.week, territory)
    if not lines:
        say(
            _("No hours are set yet. Set them like this: {example}").format(
                example=formats.ltr("set daily 10:00-22:00")
            )
        )
    for line in lines:
        put(line)
    return DONE


def _set(shop: str, typed_days: str, typed: str) -> int:
    from desktop.services.hours import set_day
    from desktop.services.hours_input import parse_day

    def store(session: "Session") -> None:
        for day in days:
            set_day(session, day, spans[day])

    with opened(shop) as database:
        with database.reader() as session:
            _use_formats(session)
        days = _days(typed_days)
        spans = {day: parse_day(typed, day) for day in days}
        database.run(N_("Change business hours"), store)
    return DONE


def _tell(schedule: "Schedule", moment: dt.datetime, as_json: bool) -> int:
    from desktop.services.hours_text import state_text

    try:
        state = schedule.state(moment if moment.tzinfo else moment.replace(tzinfo=schedule.zone))
    except OverflowError as error:
        raise Failure(BAD_DATA, _("That date is too far away. Check the year.")) from error
    if as_json:
        until = state.until.isoformat() if state.until else None
        name = state.stretch.name if state.stretch else None
        put_json({"open": state.open, "until": until, "reason": state.reason, "special_hours": name})
    else:
        put(state_text(state, moment if moment.tzinfo else moment.replace(tzinfo=schedule.zone)))
    return DONE


def _days(typed: str) -> list[int]:
    """Return the weekdays that are meant: a day, days with commas between, from-to, or all of them."""
    from desktop.services.hours_input import COMMA, parse_weekday

    if typed.casefold() in DAILY:
        return list(range(7))
    days: list[int] = []
    for part in COMMA.split(typed):
        first, dash, last = part.partition("-")
        start = parse_weekday(first)
        length = (parse_weekday(last) - start) % 7 if dash else 0
        days += [(start + day) % 7 for day in range(length + 1)]
    return sorted(set(days))


def _use_formats(session: "Session") -> str:
    """Show times as the shop's country does, and return that."""
    from desktop.services.profile import read_profile

    profile = read_profile(session)
    formats.configure(zone=profile.time_zone, territory=profile.territory)
    return profile.territory
