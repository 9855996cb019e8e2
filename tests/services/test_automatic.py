"""The greeting and the away message: kept, refused, and as they are on the phone."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from desktop.i18n import formats
from desktop.services import phone_copy
from desktop.services.answer_setup import find_person, read_person, read_setup
from desktop.services.answering import Person, decide
from desktop.services.automatic import (
    add_period,
    add_recipient,
    add_text,
    check_period,
    list_automatic,
    list_periods,
    list_recipients,
    list_texts,
    moment_at,
    remove_period,
    remove_recipient,
    remove_text,
    set_automatic,
    set_recipients,
    update_period,
    update_text,
)
from desktop.services.customers import add_customer
from desktop.services.errors import Invalid, NotFound, Stale
from desktop.services.hours import add_overlay, set_hours
from desktop.services.labels import add_label, put_label
from desktop.services.opening import Span
from desktop.services.profile import update_profile

BERLIN = ZoneInfo("Europe/Berlin")
DUBAI = ZoneInfo("Asia/Dubai")
NIGHT = dt.datetime(2026, 11, 27, 23, 15, tzinfo=DUBAI)


@pytest.fixture
def run(database):
    database.run("Open", update_profile, None, name="Gifts", territory="AE", time_zone="Asia/Dubai", language="en")
    formats.configure(zone="Asia/Dubai")
    yield lambda fn, *args, **values: database.run("Do", fn, *args, **values)
    formats.configure(zone="")


def test_each_is_written_once_and_changed(both):
    both.run("Greeting", set_automatic, "greeting", text="أهلًا", enabled=True)
    both.run("Away", set_automatic, "away", text="Closed", schedule="closed")
    both.run("Greeting", set_automatic, "greeting", text="Hello")
    with both.reader() as session:
        found = list_automatic(session)
    assert found.keys() == {"greeting", "away"}
    assert (found["greeting"].text, found["greeting"].enabled) == ("Hello", True)
    assert (found["away"].text, found["away"].schedule) == ("Closed", "closed")
    both.undo()
    with both.reader() as session:
        assert list_automatic(session)["greeting"].text == "أهلًا"


def test_what_is_only_here_is_kept_and_goes_with_undo(both):
    customer = both.run("Add", add_customer, "Noura")
    label = both.run("Add", add_label, "VIP")
    overlay = both.run("Add", add_overlay, "Eid", "2026-12-01", "2026-12-03", [])
    text = both.run("Add", add_text, "away", "ar", overlay, "عيد مبارك")
    period = both.run("Add", add_period, "away", 1000, 2000)
    both.run("Name", set_recipients, "away", [customer], [label])
    both.run("Change", update_text, text, text="كل عام وأنتم بخير\0 ")
    both.run("Change", update_period, period, ends=3000)
    with both.reader() as session:
        assert [(row.language, row.overlay_id, row.text) for row in list_texts(session, "away")] == [
            ("ar", overlay, "كل عام وأنتم بخير")
        ]
        assert [(row.starts, row.ends) for row in list_periods(session, "away")] == [(1000, 3000)]
        people, labels = list_recipients(session, "away")
        assert ([one.name for one in people], [one.name for one in labels]) == (["Noura"], ["VIP"])
    both.run("Name", remove_recipient, "away", label_id=label)
    both.run("Remove", remove_text, text)
    both.run("Remove", remove_period, period)
    with both.reader() as session:
        assert not list_texts(session, "away")
        assert not list_periods(session, "away")
        assert list_recipients(session, "away")[1] == []
    for _step in range(3):
        both.undo()
    with both.reader() as session:
        assert len(list_texts(session, "away")) == len(list_periods(session, "away")) == 1
        assert len(list_recipients(session, "away")[1]) == 1


def test_times_that_end_before_they_start_are_refused_and_nothing_is_lost(run, get):
    run(set_automatic, "away", starts=1_800_000_000, ends=1_800_003_600)
    for ends, words in ((1_799_996_400, "is before the start"), (1_800_000_000, "the moment it starts")):
        with pytest.raises(Invalid, match=words) as refused:
            run(set_automatic, "away", ends=ends)
        assert refused.value.field == "ends"
    with pytest.raises(Invalid, match="is before the start"):
        run(add_period, "away", 20, 10)
    with pytest.raises(Invalid, match="Check the year"):
        check_period(-5, 10**15)
    row = get(list_automatic)["away"]
    assert (row.starts, row.ends) == (1_800_000_000, 1_800_003_600)


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("goodbye", {}, "kind"),
        ("away", {"schedule": "sometimes"}, "schedule"),
        ("greeting", {"schedule": "closed"}, "schedule"),
        ("away", {"recipients": "nobody"}, "recipients"),
    ],
)
def test_what_there_is_not_is_refused(run, kind, fields, field):
    with pytest.raises(Invalid) as refused:
        run(set_automatic, kind, **fields)
    assert refused.value.field == field


def test_a_text_for_nothing_and_one_that_is_there_are_refused(run):
    run(add_text, "away", "ar", text="one")
    for wanted in (("", None), ("ar", None)):
        with pytest.raises(Invalid):
            run(add_text, "away", *wanted)
    with pytest.raises(NotFound):
        run(add_text, "away", "ar", 77)
    with pytest.raises(NotFound):
        run(add_recipient, "away", customer_id=77)


def test_who_types_over_anothers_text_is_told(run, get):
    run(set_automatic, "away", text="one")
    base = get(list_automatic)["away"].version
    run(set_automatic, "away", text="two")
    with pytest.raises(Stale):
        run(set_automatic, "away", base, text="three")
    run(set_automatic, "away", base, enabled=True)


def test_a_huge_text_is_kept(run, get):
    run(set_automatic, "greeting", text="س" * 300_000, enabled=True)
    answers = decide(NIGHT, get(read_setup), Person())
    assert len(answers.messages[0]) == 300_000


def test_a_time_that_a_clock_skips_does_not_exist():
    with pytest.raises(Invalid, match="There is no 2:30 am on 29 March"):
        moment_at(dt.datetime.fromisoformat("2026-03-29T02:30"), BERLIN)
    first = moment_at(dt.datetime.fromisoformat("2026-10-25T02:30"), BERLIN)
    assert moment_at(dt.datetime.fromisoformat("2026-10-25T02:30"), BERLIN, later=True) - first == 3600


def test_customers_are_found_by_what_is_typed(run, get):
    noura = run(add_customer, "نورة المنصوري", "0501112233")
    run(add_customer, "نورة السويدي", "0504445566")
    assert get(find_person, "0501112233") == get(find_person, "نوره المنصوري") == noura
    with pytest.raises(Invalid, match="Several customers fit"):
        get(find_person, "نورة")
    with pytest.raises(NotFound):
        get(find_person, "Zayed")
    assert get(read_person, noura, DUBAI).name == "نورة المنصوري"


# On the phone


def test_what_was_copied_is_what_the_phone_says_until_it_is_copied_again(run, get):
    run(set_hours, [Span(day, 600, 1320) for day in range(7)])
    run(set_automatic, "away", enabled=True, text="Hours: {hours_week}", schedule="closed")
    assert "none was copied" in decide(NIGHT, get(read_setup, True), Person()).reasons[1]
    run(phone_copy.mark_all, NIGHT)
    answers = decide(NIGHT, get(read_setup, True), Person())
    assert answers.messages == ("Hours: Daily 10:00 am – 10:00 pm",)
    run(set_hours, [Span(day, 540, 1440) for day in range(7)])
    run(set_automatic, "away", text="New")
    assert not decide(NIGHT, get(read_setup), Person()).away
    assert decide(NIGHT, get(read_setup, True), Person()) == answers
    assert get(phone_copy.automatic_copies, NIGHT.date())["away"] == ("changed", "")
    run(phone_copy.mark_all, NIGHT)
    assert not decide(NIGHT, get(read_setup, True), Person()).away


def test_the_phone_has_people_instead_of_labels_and_one_stretch_of_time(run, get):
    noura, huda = run(add_customer, "Noura"), run(add_customer, "Huda")
    vip = run(add_label, "VIP")
    run(put_label, huda, vip)
    at = int(NIGHT.timestamp()) - 3600
    run(set_automatic, "away", enabled=True, text="Away", schedule="custom", starts=at, ends=at + 7200)
    run(add_period, "away", at + 86400, at + 95000)
    run(set_automatic, "away", recipients="except")
    run(set_recipients, "away", [noura], [vip])
    entries = {entry.field: entry for entry in get(phone_copy.entries, NIGHT) if entry.model == "automatic_message"}
    assert entries["recipients"].shown == "Everyone except…\nNoura\nHuda"
    assert "no labels" in entries["text"].note
    assert "one stretch" in entries["text"].note
    run(phone_copy.mark_all, NIGHT)
    setup = get(read_setup, True)
    assert setup.away.people == {noura, huda}
    assert len(setup.away.periods) == 1
    assert decide(NIGHT, setup, Person()).away
    assert not decide(NIGHT, setup, get(read_person, huda, DUBAI)).away
    assert not decide(NIGHT + dt.timedelta(days=1), setup, Person()).away, "the next one is only here"
    assert decide(NIGHT + dt.timedelta(days=1), get(read_setup), Person()).away
