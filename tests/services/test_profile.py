"""The business profile: what is still to be filled in, and what a country brings with it."""

import pytest
import tzlocal
from sqlalchemy import event

from desktop.services import profile
from desktop.services.errors import Invalid, Stale
from desktop.services.hours import set_day
from desktop.services.opening import Span


@pytest.fixture
def read(database):
    def read():
        with database.reader() as session:
            return profile.read_profile(session)

    return read


@pytest.fixture
def change(database):
    return lambda **values: database.run("Change", profile.update_profile, None, **values)


@pytest.fixture
def missing(database):
    def missing():
        with database.reader() as session:
            return profile.missing(session)

    return missing


def test_a_session_reads_it_once(database):
    with database.reader() as session:
        profile.read_profile(session)
        asked = []
        event.listen(session, "do_orm_execute", asked.append)
        assert profile.read_profile(session).id == 1
        assert asked == []


def test_what_is_missing_begins_with_what_helps_most(missing, change):
    assert missing() == list(profile.STEPS)
    change(name="Bayt", address="Street 1")
    assert missing()[0] == "phone"
    assert not {"name", "address"} & set(missing())


def test_hours_are_missing_until_some_day_has_them(database, missing):
    assert "hours" in missing()
    database.run("Open", set_day, 4, [Span(4, 600, 1320)])
    assert "hours" not in missing()
    database.run("Close", set_day, 4, [])
    assert "hours" in missing()


def test_a_country_brings_its_currency_and_time_where_none_is_chosen(database, read):
    database.run("Change", profile.set_territory, None, "KW")
    assert (read().territory, read().currency, read().time_zone) == ("KW", "KWD", "Asia/Kuwait")


def test_what_is_chosen_stays_when_the_country_changes(database, read, change):
    change(currency="USD", time_zone="Asia/Dubai")
    database.run("Change", profile.set_territory, None, "KW")
    assert (read().currency, read().time_zone) == ("USD", "Asia/Dubai")


def test_a_country_and_what_it_brings_are_taken_back_together(database, read):
    database.run("Change", profile.set_territory, None, "KW")
    database.undo()
    assert (read().territory, read().currency, read().time_zone) == ("", "", "")


def test_a_country_that_was_changed_elsewhere_is_not_overwritten(database, change, read):
    base = read().version
    change(territory="SA")
    with pytest.raises(Stale):
        database.run("Change", profile.set_territory, base, "KW")


@pytest.fixture
def in_los_angeles():
    """A computer whose clock is that of Los Angeles."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "America/Los_Angeles")
        tzlocal.reload_localzone()
        yield
    tzlocal.reload_localzone()


def test_the_computers_zone_is_taken_where_the_country_has_it(in_los_angeles):
    assert profile.likely_home("US") == ("USD", "America/Los_Angeles")
    assert profile.likely_home("AE") == ("AED", "Asia/Dubai")


def test_zones_to_choose_from():
    assert profile.zone_choices("AE") == [("Asia/Dubai", "Dubai")]
    assert ("Asia/Dubai", "Dubai") in profile.zone_choices("EG", "Asia/Dubai")
    everywhere = dict(profile.zone_choices(""))
    assert len(everywhere) > 300
    assert everywhere["Africa/Cairo"] == "Cairo"


def test_a_zone_that_is_none_is_offered_as_it_is():
    assert ("../etc/passwd", "../etc/passwd") in profile.zone_choices("AE", "../etc/passwd")


@pytest.mark.parametrize(
    ("field", "typed"), [("email", "shop"), ("website", "no spaces please"), ("name", "  "), ("category", "SPACE")]
)
def test_what_cannot_be_kept_is_explained_and_nothing_is_lost(read, change, field, typed):
    change(name="Bayt", email="a@b.example", website="https://b.example")
    before = getattr(read(), field)
    with pytest.raises(Invalid) as caught:
        change(**{field: typed})
    assert caught.value.field == field
    assert getattr(read(), field) == before


def test_further_numbers_and_addresses_are_kept_one_a_line(read, change):
    change(territory="AE", phone="0501234567", email="a@b.example")
    change(more_phones=" 04 222 3344 \n\n+966 50 123 4567\n", more_emails="c@d.example\r\n e@f.example")
    assert read().more_phones == "97142223344\n966501234567"
    assert read().more_emails == "c@d.example\ne@f.example"
    change(territory="SA", more_phones="97142223344\n٠٥٠٧٦٥٤٣٢١")  # what is kept is not read anew
    assert read().more_phones == "97142223344\n966507654321"
    change(phone="+971 50 111 2233", more_phones="0501234567", territory="AE")
    assert read().more_phones == "971501234567"  # the first until then


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("more_phones", "0501234568\n12", "digits"),
        ("more_phones", "+971 50 123 4567", "already"),
        ("more_phones", "0501234568\n050 123 4568", "already"),
        ("more_emails", "c@d.example\nshop", "name@example.com"),
        ("more_emails", "a@b.example", "already"),
    ],
)
def test_a_further_one_that_cannot_be_kept_is_explained(read, change, field, typed, words):
    change(territory="AE", phone="0501234567", email="a@b.example", more_phones="042223344", more_emails="x@y.example")
    before = getattr(read(), field)
    with pytest.raises(Invalid, match=words) as caught:
        change(**{field: typed})
    assert caught.value.field == field
    assert getattr(read(), field) == before


def test_a_username_is_kept_without_its_sign(read, change):
    change(username="@Bayt.Gifts")
    assert read().username == "bayt.gifts"


def test_an_address_of_ten_thousand_letters_is_kept(read, change):
    change(address="شارع " * 2000)
    assert len(read().address) == 9999
