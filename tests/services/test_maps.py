"""Places: every writing of coordinates, every map app's link, and what is no place on earth."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.errors import Invalid
from desktop.services.maps import Place, degrees, map_url, needs_coordinates, read_place
from desktop.services.profile import read_profile, update_profile

DUBAI = ("25.2048", "55.2708")


@pytest.mark.parametrize(
    "typed",
    [
        "25.2048, 55.2708",
        "25.2048,55.2708",
        "25.2048 55.2708",
        "  +25.2048 ; +55.2708\n",
        "٢٥٫٢٠٤٨، ٥٥٫٢٧٠٨",
        "۲۵٫۲۰۴۸، ۵۵٫۲۷۰۸",
        "\u200f25.2048\u200e، 55.2708",
        "25,2048 55,2708",
        "25,2048; 55,2708",
        "25.20480000001, 55.2708",
        "geo:25.2048,55.2708",
        "geo:25.2048,55.2708;u=35",
        "GEO:25.2048,55.2708?q=25.2,55.3(Shop)",
        "loc:25.2048,55.2708",
    ],
)
def test_coordinates_alone_become_a_link(typed):
    assert read_place(typed) == Place("https://maps.google.com/?q=25.2048,55.2708", *DUBAI)


@pytest.mark.parametrize(
    "link",
    [
        "https://maps.google.com/?q=25.2048,55.2708",
        "https://www.google.com/maps?q=25.2048,55.2708&z=17&hl=ar",
        "https://www.google.com/maps?q=loc:25.2048,55.2708",
        "https://www.google.com/maps?q=25.2048%2C+55.2708+(Gift+House)",
        "https://www.google.com/maps/search/?api=1&query=25.2048%2C55.2708",
        "https://www.google.com/maps/search/25.2048,+55.2708",
        "https://www.google.com/maps/@25.2048,55.2708,17z",
        "https://www.google.co.uk/maps/@25.2048,55.2708,3a,75y,90t/data=!3m6",
        "https://www.google.com/maps/place/Gifts/@24.1,54.2,17z/data=!3m1!4b1!4m6!3m5!1s0x0:0x0!8m2!3d25.2048!4d55.2708",
        "https://www.google.com/maps/place/25%C2%B012'17.28%22N+55%C2%B016'14.88%22E/@24,54,9z",
        "https://www.google.ae/maps/place/بيت+الهدايا/@25.2048,55.2708,17z?entry=ttu",
        "https://www.google.com/maps/dir/?api=1&destination=25.2048,55.2708",
        "https://maps.apple.com/?ll=25.2048,55.2708&q=Gift%20House",
        "https://maps.apple.com/?q=25.2048,55.2708",
        "https://maps.apple.com/place?address=Dubai&coordinate=25.2048,55.2708&name=Shop",
        "http://www.openstreetmap.org/?mlat=25.2048&mlon=55.2708#map=5/1.5/2.5",
        "https://www.openstreetmap.org/#map=17/25.2048/55.2708",
        "https://www.openstreetmap.org/node/1#map=17/25.2048/55.2708&layers=N",
    ],
)
def test_the_link_of_a_map_app_keeps_its_words_and_gives_its_place(link):
    assert read_place(link) == Place(link, *DUBAI)
    assert not needs_coordinates(link)


@pytest.mark.parametrize(
    ("typed", "latitude", "longitude"),
    [
        ("25°12'17.3\"N 55°16'14.9\"E", "25.2048056", "55.2708056"),
        ("٢٥°١٢′١٧٫٣″ش، ٥٥°١٦′١٤٫٩″ق", "25.2048056", "55.2708056"),
        ("33°52'S, 151°12'E", "-33.8666667", "151.2"),
        ("55° 16' 14.9\" W 25° 12' 17.3\" N", "25.2048056", "-55.2708056"),
        ("-33.8688, −151.2093", "-33.8688", "-151.2093"),
        ("0, 0", "0", "0"),
        ("-0.00000001, 180", "0", "180"),
    ],
)
def test_sides_of_the_world_and_signs(typed, latitude, longitude):
    place = read_place(typed)
    assert (place.latitude, place.longitude) == (latitude, longitude)


@pytest.mark.parametrize(
    "link",
    [
        "https://maps.app.goo.gl/abcDEF123",
        "https://goo.gl/maps/abc",
        "https://maps.apple/p/abc",
        "maps.app.goo.gl/abcDEF123",
        "https://www.google.com/maps/place/Gift+House",
        "https://maps.example.com/?q=25.2048,55.2708",
        "https://maps.example.com/x",
        "https://www.google.com.evil.example/maps/@25.2,55.2,3z",
    ],
)
def test_a_link_without_a_place_is_kept_as_it_is(link):
    place = read_place(link)
    assert place.link.removeprefix("https://") == link.removeprefix("https://")
    assert (place.latitude, place.longitude) == ("", "")
    assert needs_coordinates(place.link) == any(short in link for short in ("goo.gl", "maps.apple/"))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("125.2, 255.3", "A latitude lies between"),
        ("25.2, 255.3", "A longitude lies between"),
        ("155.27, 25.2", "swapped"),
        ("25°72'17.3\"N 55°16'14.9\"E", "below 60"),
        ("javascript:alert(1)", "https://example.com"),
        ("beside the mosque", "https://example.com"),
        ("25.2048", "two numbers"),
        ("25.2048, 55.2708, 12.5", "two numbers"),
        ("https://maps.google.com/?q=125.2,255.3", "A latitude lies between"),
        ("1" * 5000, "too long"),
    ],
)
def test_what_is_no_place_is_told(typed, words):
    with pytest.raises(Invalid) as told:
        read_place(typed)
    assert told.value.field == "map_link"
    assert words in told.value.message


north = st.decimals(-90, 90, places=6)
east = st.decimals(-180, 180, places=6)


@given(north, east, st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "0123456789"]))
def test_every_place_is_read_back_as_it_was_written(latitude, longitude, digits):
    text = f"{latitude:f}, {longitude:f}".translate(str.maketrans("0123456789", digits))
    place = read_place(text)
    assert (Decimal(place.latitude), Decimal(place.longitude)) == (latitude, longitude)
    assert place.link == map_url(place.latitude, place.longitude)
    assert read_place(place.link) == place


@given(st.text())
def test_any_text_is_a_place_or_told(text):
    with suppress(Invalid):
        place = read_place(text)
        assert read_place(place.link) == place


def test_degrees_by_hand():
    assert degrees("latitude", " ٢٥٫٢٠ ") == "25.2"
    assert degrees("longitude", "") == ""
    for field, typed in (("latitude", "91"), ("longitude", "-180.1"), ("latitude", "north")):
        with pytest.raises(Invalid) as told:
            degrees(field, typed)
        assert told.value.field == field


def test_the_profile_keeps_the_place_of_its_link(both):
    def stored():
        with both.reader() as session:
            profile = read_profile(session)
            return profile.map_link, profile.latitude, profile.longitude

    both.run("Map", update_profile, map_link="٢٥٫٢٠٤٨، ٥٥٫٢٧٠٨")
    assert stored() == (map_url(*DUBAI), *DUBAI)
    both.run("Map", update_profile, name="Bayt")
    assert stored() == (map_url(*DUBAI), *DUBAI)
    with pytest.raises(Invalid):
        both.run("Map", update_profile, map_link="125, 255")
    both.run("Map", update_profile, map_link="maps.app.goo.gl/x")
    assert stored() == ("https://maps.app.goo.gl/x", "", "")
    both.run("Map", update_profile, latitude="1.50", longitude="-2")
    assert stored() == ("https://maps.app.goo.gl/x", "1.5", "-2")
    both.run("Map", update_profile, map_link="")
    assert stored() == ("", "", "")
