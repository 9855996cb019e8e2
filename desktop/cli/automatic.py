"""`dukkan automatic SHOP greeting|away`: show an automatic message, or set up what it says, when and to whom."""

import argparse
from typing import TYPE_CHECKING, Any

from desktop.cli.failures import DONE
from desktop.cli.output import put, put_json
from desktop.cli.parsing import add_json, add_shop, moment
from desktop.cli.shops import opened
from desktop.cli.simulate import in_zone
from desktop.i18n import N_, _, formats

if TYPE_CHECKING:  # loaded when the command runs
    from sqlalchemy.orm import Session

SCHEDULES = {"always": "always", "schedule": "custom", "closed": "closed"}
RECIPIENTS = ("everyone", "unknown", "except", "only")
LABEL = "label="


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_shop(parser)
    parser.add_argument("kind", choices=("greeting", "away"), help=_("the greeting, or the away message"))
    switch = parser.add_mutually_exclusive_group()
    switch.add_argument("--on", action="store_true", default=None, help=_("turn it on"))
    switch.add_argument("--off", action="store_false", dest="on", default=None, help=_("turn it off"))
    parser.add_argument("--text", metavar="TEXT", help=_("what it says"))
    parser.add_argument("--when", choices=SCHEDULES, help=_("when the away message answers"))
    parser.add_argument("--from", dest="starts", metavar="ISO", type=moment, help=_("when its set time starts"))
    parser.add_argument("--until", dest="ends", metavar="ISO", type=moment, help=_("when its set time ends"))
    named = _("whom it answers: everyone, unknown, or except and only with names, numbers or label=NAME")
    parser.add_argument("--recipients", nargs="+", metavar="WHO", help=named)
    add_json(parser)
    parser.set_defaults(parser=parser)


def run(options: argparse.Namespace) -> int:
    """Store what is given, and print how the message is then: with --json one object, else lines."""
    wanted = options.recipients or [None]
    if wanted[0] not in (None, *RECIPIENTS):
        options.parser.error(_("say whom it answers: everyone, unknown, except or only"))
    given = (options.on, options.text, options.when, options.starts, options.ends, options.recipients)
    with opened(options.shop, read_only=all(one is None for one in given)) as database:
        with database.reader() as session:
            from desktop.services.profile import read_profile

            profile = read_profile(session)
            formats.configure(zone=profile.time_zone, territory=profile.territory)
        if not database.read_only:
            title = N_("Change greeting message") if options.kind == "greeting" else N_("Change away message")
            database.run(title, _store, options)
        with database.reader() as session:
            _tell(_described(session, options.kind), options.json)
    return DONE


def _store(session: "Session", options: argparse.Namespace) -> None:
    from desktop.services.answer_setup import find_person
    from desktop.services.automatic import set_automatic, set_recipients
    from desktop.services.hours import shop_zone
    from desktop.services.labels import find_label
    from desktop.services.profile import read_profile

    zone = shop_zone(read_profile(session).time_zone)
    fields: dict[str, Any] = {}
    if options.on is not None:
        fields["enabled"] = options.on
    if options.text is not None:
        fields["text"] = options.text
    for name in ("starts", "ends"):
        if typed := getattr(options, name):
            fields[name] = int(in_zone(typed, zone).timestamp())
            fields["schedule"] = "custom"
    if options.when:
        fields["schedule"] = SCHEDULES[options.when]
    if options.recipients:
        fields["recipients"] = options.recipients[0]
    set_automatic(session, options.kind, **fields)
    if options.recipients:
        names = options.recipients[1:]
        people = [find_person(session, name) for name in names if not name.startswith(LABEL)]
        labels = [find_label(session, name.removeprefix(LABEL)) for name in names if name.startswith(LABEL)]
        set_recipients(session, options.kind, people, labels)


def _described(session: "Session", kind: str) -> dict[str, Any]:
    import datetime as dt

    from desktop.services.answer_setup import read_setup
    from desktop.services.automatic import list_recipients

    setup = read_setup(session)
    one = setup.greeting if kind == "greeting" else setup.away
    people, labels = list_recipients(session, kind)
    zone = setup.schedule.zone

    def shown(at: int) -> str:
        return dt.datetime.fromtimestamp(at, zone).isoformat(timespec="minutes")

    return {
        "kind": kind,
        "on": one.on,
        "text": one.text,
        "when": next(name for name, schedule in SCHEDULES.items() if schedule == one.schedule),
        "periods": [{"from": shown(starts), "until": shown(ends)} for starts, ends in one.periods],
        "recipients": one.recipients,
        "customers": [person.name or person.username or person.phone for person in people],
        "labels": [label.name for label in labels],
        "texts": [{"language": w.language, "special_hours": w.overlay or None, "text": w.text} for w in one.wordings],
    }


def _tell(message: dict[str, Any], as_json: bool) -> None:
    if as_json:
        put_json(message)
        return
    from desktop.services.automatic import TO_WHOM, WHEN

    put(_("On") if message["on"] else _("Off"))
    put(message["text"])
    if message["kind"] == "away":
        put(_(WHEN[SCHEDULES[message["when"]]]))
        for period in message["periods"] if message["when"] == "schedule" else ():
            put(f"{period['from']} {period['until']}")
    put(_(TO_WHOM[message["recipients"]]))
    for name in (*message["customers"], *message["labels"]):
        put(name)
