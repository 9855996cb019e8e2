"""`dukkan simulate SHOP --at MOMENT`: what a message would be answered with by itself, and why."""

import argparse
import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.cli.failures import BAD_DATA, DONE, Failure
from desktop.cli.output import put, put_json, say
from desktop.cli.parsing import add_json, add_shop, moment
from desktop.cli.shops import reading
from desktop.i18n import _, bidi, formats

if TYPE_CHECKING:  # loaded when the command runs
    from sqlalchemy.orm import Session

    from desktop.services.answering import Person


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    at = _("when the message comes, like 2026-11-27T23:15, by the shop's own clock where no zone is given")
    parser.add_argument("--at", metavar="ISO", type=moment, help=at)
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--customer", metavar="NAME", help=_("who writes: a name or a number of the shop's customers"))
    who.add_argument("--new", action="store_true", help=_("somebody who never wrote before writes, as without these"))
    parser.add_argument("--last", metavar="ISO", type=moment, help=_("when they were last in contact before"))
    parser.add_argument("--on-phone", action="store_true", help=_("as it was copied to the phone, not as it is here"))
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the messages, each on a line, and tell the reasons; in JSON one object with both.

    `greeting` and `away` say which of the two are sent, `messages` are their texts in the order in which they come,
    `reasons` whole sentences, that of the greeting first.
    """
    from desktop.services.answer_setup import read_setup
    from desktop.services.answering import Person, decide
    from desktop.services.profile import read_profile

    with reading(options.shop) as session:
        profile = read_profile(session)
        formats.configure(zone=profile.time_zone, territory=profile.territory)
        setup = read_setup(session, options.on_phone)
        zone = setup.schedule.zone
        at = in_zone(options.at, zone) if options.at else dt.datetime.now(zone)
        person = _person(session, options.customer, zone) if options.customer is not None else Person()
    if options.last:
        person = replace(person, last=in_zone(options.last, zone))
        if person.last and person.last > at:
            raise Failure(BAD_DATA, _("The last contact is later than the message. Change one of them."))
    try:
        answers = decide(at, setup, person)
    except OverflowError as error:
        raise Failure(BAD_DATA, _("That date is too far away. Check the year.")) from error
    reasons = [bidi.strip(reason) for reason in answers.reasons]
    if options.json:
        whether = {"greeting": answers.greeting, "away": answers.away}
        put_json({**whether, "messages": list(answers.messages), "reasons": reasons})
        return DONE
    for message in answers.messages:
        put(message)
    for reason in answers.reasons:
        say(reason)
    return DONE


def in_zone(at: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Return a moment as the shop's clock shows it. Raises Invalid for a time that this clock skips."""
    from desktop.services.automatic import moment_at

    try:
        seconds = at.timestamp() if at.tzinfo else moment_at(at.replace(microsecond=0), zone)
        return dt.datetime.fromtimestamp(seconds, zone)
    except (OverflowError, ValueError, OSError) as error:
        raise Failure(BAD_DATA, _("That date is too far away. Check the year.")) from error


def _person(session: "Session", typed: str, zone: dt.tzinfo) -> "Person":
    from desktop.services.answer_setup import find_person, read_person

    return read_person(session, find_person(session, typed), zone)
