"""New shops: with what was said, or can be guessed; never over anything."""

import json

import pytest

from desktop.cli import new
from desktop.data.database import Database
from desktop.services.profile import read_profile
from desktop.services.sample import SAMPLES


def profile_of(path):
    database = Database(path, read_only=True)
    try:
        with database.reader() as session:
            return read_profile(session)
    finally:
        database.close()


def count_of(dukkan, path):
    return json.loads(dukkan("check", path, "--json").out)["items"]


def test_a_shop_of_ones_own(dukkan, tmp_path):
    path = tmp_path / "My gifts.dukkan"
    result = dukkan(
        *("new", path, "--name", "هدايا", "--territory", "kw", "--currency", "USD", "--phone", "5123 4567"),
        *("--lang", "ar"),
    )
    assert result.code == 0
    assert not result.out
    assert str(path) in result.err
    profile = profile_of(path)
    assert (profile.name, profile.territory, profile.currency) == ("هدايا", "KW", "USD")
    assert (profile.phone, profile.time_zone, profile.language) == ("96551234567", "Asia/Kuwait", "ar")
    assert dukkan("history", path).out == "", "a new shop has nothing to undo"
    assert [each.name for each in tmp_path.iterdir()] == ["My gifts.dukkan"]


def test_what_is_not_said_is_guessed(dukkan, tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_EG.UTF-8")
    dukkan("new", tmp_path / "Corner.dukkan")
    profile = profile_of(tmp_path / "Corner.dukkan")
    assert (profile.name, profile.territory, profile.currency, profile.phone) == ("Corner", "EG", "EGP", "")
    dukkan("new", tmp_path / "Phone.dukkan", "--phone", "+971501234567")
    profile = profile_of(tmp_path / "Phone.dukkan")
    assert (profile.territory, profile.currency, profile.time_zone) == ("AE", "AED", "Asia/Dubai")


def test_nothing_at_all_is_known(dukkan, tmp_path):
    assert dukkan("new", tmp_path / "shop").code == 0
    profile = profile_of(tmp_path / "shop")
    assert (profile.name, profile.territory, profile.currency, profile.language) == ("shop", "", "USD", "en")
    assert profile.time_zone


def test_the_name_of_the_file_is_kept_as_it_was_typed(dukkan, tmp_path):
    dukkan("new", tmp_path / "دكان ١")
    assert [each.name for each in tmp_path.iterdir()] == ["دكان ١"]


def test_the_samples_are_those_of_the_service():
    assert new.SAMPLES == SAMPLES


@pytest.mark.parametrize(("words", "name"), [(["--sample"], "gifts"), (["--sample", "bakery"], "bakery")])
def test_a_sample(dukkan, tmp_path, words, name):
    path = tmp_path / name
    assert dukkan("new", path, *words, "--name", "Mine", "--lang", "ar").code == 0
    assert count_of(dukkan, path) >= 24
    assert (profile_of(path).name, profile_of(path).language) == ("Mine", "ar")


def test_what_exists_is_left_as_it_is(dukkan, tmp_path):
    path = tmp_path / "a.dukkan"
    path.write_bytes(b"precious")
    for place in (path, tmp_path):
        result = dukkan("new", place)
        assert result.code == 73
        assert "exists already" in result.err
        assert result.err.count("\n") == 1
    assert path.read_bytes() == b"precious"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("place", ["nowhere/a.dukkan", "file/a.dukkan", "x" * 300])
def test_where_nothing_can_be_written(dukkan, tmp_path, place):
    (tmp_path / "file").touch()
    result = dukkan("new", tmp_path / place)
    assert result.code == 73
    assert result.err.count("\n") == 1
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--territory", "XX"], "Name the country by its two letters, like AE."),
        (["--currency", "DIRHAM"], "Name the currency by its three letters, like AED."),
        (["--phone", "+97150123456"], "After +971 come 9 digits, this has 8."),
        (["--phone", "0501234567"], "Begin with the country code"),
        (["--name", "  "], "The shop needs a name."),
    ],
)
def test_what_is_wrong_leaves_no_file(dukkan, tmp_path, words, sentence):
    result = dukkan("new", tmp_path / "a.dukkan", *words)
    assert result.code == 65
    assert sentence in result.err
    assert result.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_sample_with_a_wrong_phone_leaves_no_file(dukkan, tmp_path):
    result = dukkan("new", tmp_path / "a.dukkan", "--sample", "--phone", "05x")
    assert result.code == 65
    assert "letters" in result.err
    assert not list(tmp_path.iterdir())


def test_a_shop_on_a_server(dukkan, empty_database):
    assert dukkan("find", empty_database, "catalog", "x").code == 66
    assert dukkan("new", empty_database, "--name", "هدايا", "--territory", "AE").code == 0
    assert dukkan("check", empty_database).code == 0
    assert dukkan("find", empty_database, "catalog", "x", "--json").out == "[]\n"
    assert dukkan("undo", empty_database).code == 0
    result = dukkan("new", empty_database)
    assert result.code == 73
    assert "already" in result.err


def test_a_server_that_is_not_there(dukkan):
    for command in (["new"], ["check"], ["undo"]):
        result = dukkan(*command, "postgresql://me:secret@127.0.0.1:9/shop")
        assert result.code == 66
        assert "cannot be reached" in result.err
        assert "secret" not in result.err
        assert result.err.count("\n") == 1
    for address in ("postgresql:x", "postgresql://me@host:port/x"):
        assert dukkan("check", address).code == 65
