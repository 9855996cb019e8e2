"""The business profile: what is still to be filled in, and what a country brings with it."""

import pytest
import tzlocal

from desktop.services import profile
from desktop.services.errors import Invalid, Stale


@pytest.fixture
def read(database):
    def read():
        with database.reader() as session:
            return profile.read_profile(session)

    return read


@pytest.fixture
def change(database):
    return lambda **values: database.run("Change", profile.update_profile, None, **values)


def test_what_is_missing_begins_with_what_helps_most(read, change):
    assert profile.missing(read()) == list(profile.STEPS)
    change(name="Bayt", address="Street 1")
    assert profile.missing(read())[0] == "phone"
    assert not {"name", "address"} & set(profile.missing(read()))


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
