"""`dukkan simulate` and `dukkan automatic`: answers are set up and asked for."""

import json

import pytest


@pytest.fixture
def away(dukkan, gifts, once):
    """A shop that is closed at night and says so."""

    def fill():
        dukkan("hours", gifts, "set", "daily", "10:00-22:00")
        dukkan("automatic", gifts, "greeting", "--on", "--text", "Welcome {customer|friend}")
        dukkan("automatic", gifts, "away", "--on", "--text", "نعود {موعد_الفتح}", "--when", "closed")

    return once(gifts, fill)


def test_a_message_at_night_is_answered_with_both(dukkan, away):
    result = dukkan("simulate", away, "--at", "2026-11-27T23:15", "--new", "--json")
    assert (result.code, result.err) == (0, "")
    answers = json.loads(result.out)
    assert answers.keys() == {"greeting", "away", "messages", "reasons"}
    assert (answers["greeting"], answers["away"]) == (True, True)
    assert answers["messages"] == ["Welcome friend", "نعود غدًا 10:00 ص"]
    assert answers["reasons"][0] == "The greeting is sent: this is the customer's first message."
    assert "\u2068" not in result.out


def test_exactly_fourteen_days_greet_again_and_a_minute_less_does_not(dukkan, away):
    for last, greeted in (("2026-11-13T12:00", True), ("2026-11-13T12:01", False)):
        result = dukkan("simulate", away, "--at", "2026-11-27T12:00", "--last", last, "--json")
        assert json.loads(result.out)["greeting"] is greeted


def test_words_for_a_person(dukkan, away):
    result = dukkan("simulate", away, "--at", "2026-11-27T23:15", "--on-phone")
    assert result.out == ""
    assert "none was copied there yet" in result.err
    assert "No greeting" in dukkan("--lang", "en", "simulate", away, "--on-phone").err


def test_what_is_set_up_is_printed(dukkan, away):
    result = dukkan(
        *("automatic", away, "away", "--when", "schedule", "--from", "2026-12-01T18:00"),
        *("--until", "2026-12-02T09:00", "--recipients", "unknown", "--off", "--json"),
    )
    message = json.loads(result.out)
    assert (message["on"], message["when"], message["recipients"]) == (False, "schedule", "unknown")
    assert message["periods"] == [{"from": "2026-12-01T18:00+04:00", "until": "2026-12-02T09:00+04:00"}]
    assert json.loads(dukkan("automatic", away, "away", "--json").out) == message
    assert dukkan("automatic", away, "greeting").out.splitlines() == ["On", "Welcome {customer|friend}", "Everyone"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["simulate", "SHOP", "--at", "2026-11-31T10:00"], 2, "a moment is written like"),
        (["simulate", "SHOP", "--at", "9999-12-31T23:59"], 65, "too far away"),
        (["simulate", "SHOP", "--at", "0001-01-01T00:00"], 65, "too far away"),
        (["simulate", "SHOP", "--customer", "Zayed"], 66, "No customer fits"),
        (["simulate", "SHOP", "--customer", ""], 66, "No customer fits"),
        (["simulate", "SHOP", "--at", "2026-11-01T10:00", "--last", "2026-11-02T10:00"], 65, "later than the message"),
        (
            ["automatic", "SHOP", "away", "--from", "2026-12-02T10:00", "--until", "2026-12-01T10:00"],
            65,
            "is before the start",
        ),
        (["automatic", "SHOP", "greeting", "--when", "closed"], 65, "greeting has no times"),
        (["automatic", "SHOP", "away", "--recipients", "friends"], 2, "everyone, unknown, except or only"),
        (["automatic", "SHOP", "away", "--recipients", "only", "label=VIP"], 66, "no label called"),
    ],
)
def test_slips_are_told_in_one_sentence(dukkan, away, words, code, said):
    before = dukkan("automatic", away, "away", "--json").out
    result = dukkan(*[away if word == "SHOP" else word for word in words])
    assert result.code == code
    assert said in result.err
    assert len(result.err.splitlines()) == 1
    assert dukkan("automatic", away, "away", "--json").out == before


def test_a_time_that_does_not_exist_is_told(dukkan, away):
    assert dukkan("profile", away, "set", "time_zone", "Europe/Berlin").code == 0
    result = dukkan("simulate", away, "--at", "2026-03-29T02:30", "--json")
    assert (result.code, result.out) == (65, "")
    assert "There is no 2:30 am on 29 March" in result.err
