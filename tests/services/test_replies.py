"""Quick replies, on both databases."""

import pytest

from desktop.services import replies
from desktop.services.errors import Invalid, Stale


def add(database, shortcut, text="", **fields):
    return database.run("Add", replies.add_reply, shortcut, text, **fields)


def found(database, typed):
    with database.reader() as session:
        return [reply.shortcut for reply in replies.find_replies(session, typed)]


def test_best_comes_first(both):
    for shortcut, text in (("thanks2", "x"), ("price", "many thanks"), ("thanks", "x"), ("شكرا", "شُكرًا لكم")):
        add(both, shortcut, text)
    assert found(both, "/thanks") == ["thanks", "thanks2", "price"]
    assert found(both, "") == ["price", "thanks", "thanks2", "شكرا"]
    assert found(both, "شكراً") == ["شكرا"]
    assert found(both, "مخقث") == found(both, "lore") == []
    assert found(both, "حقهؤث") == ["price"], "typed with the Arabic layout on"


@pytest.mark.parametrize(("typed", "stored"), [("/thanks", "thanks"), (" شكرا ", "شكرا"), ("//a", "a")])
def test_shortcut_is_kept_without_its_slash(both, typed, stored):
    add(both, typed)
    assert found(both, "") == [stored]


@pytest.mark.parametrize("typed", ["", " / ", "two words"])
def test_shortcut_is_one_word(both, typed):
    with pytest.raises(Invalid) as caught:
        add(both, typed)
    assert caught.value.field == "shortcut"


def test_shortcut_belongs_to_one_reply(both):
    reply = add(both, "Thanks")
    with pytest.raises(Invalid, match="already uses"):
        add(both, "thanks")
    both.run("Change", replies.update_reply, reply, shortcut="thanks")
    with both.reader() as session:
        assert replies.free_shortcut(session, "thanks") == "thanks2"
        assert replies.free_shortcut(session, "new") == "new"


def test_text_keeps_its_lines_and_any_length(both):
    reply = add(both, "long", "a\r\nb  \r\n\r\n" + "ن" * 70_000)
    with both.reader() as session:
        assert replies.read_reply(session, reply).text == "a\nb\n\n" + "ن" * 70_000


def test_edit_of_what_another_changed_is_a_conflict(both):
    reply = add(both, "a", "x")
    both.run("There", replies.update_reply, reply, 1, text="y")
    both.run("Here", replies.update_reply, reply, 1, keywords="k")
    with pytest.raises(Stale) as caught:
        both.run("Here", replies.update_reply, reply, 1, text="z")
    assert caught.value.field == "text"
