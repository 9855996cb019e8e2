"""Quick replies, on both databases."""

import pytest

from desktop.data.models import ReplyUse
from desktop.services import replies
from desktop.services.errors import Invalid, Stale
from desktop.services.reply_parts import add_part


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
    assert found(both, "الشكر") == ["شكرا"]


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(("typed", "stored"), [("/thanks", "thanks"), (" شكرا ", "شكرا"), ("//a", "a")])
def test_shortcut_is_kept_without_its_slash(both, typed, stored):
    add(both, typed)
    assert found(both, "") == [stored]


@pytest.mark.on("sqlite")
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


def test_a_limit_keeps_the_best(both):
    for shortcut in ("a2", "a1", "b"):
        add(both, shortcut)
    with both.reader() as session:
        assert [reply.shortcut for reply in replies.find_replies(session, "a", 1)] == ["a1"]
        assert [reply.shortcut for reply in replies.find_replies(session, "", 2)] == ["a1", "a2"]


@pytest.mark.parametrize("again", ["Été", "été", "ÉTÉ"])
def test_a_shortcut_is_taken_however_its_letters_are_written(both, again):
    add(both, "Été")
    add(both, "ete")
    with pytest.raises(Invalid, match="already uses"):
        add(both, again)


def test_a_new_reply_finds_a_free_shortcut(both):
    first = both.run("New", replies.new_reply, "reply")
    second = both.run("New", replies.new_reply, "reply")
    both.run("Change", replies.update_reply, first, text="Hello", keywords="hi")
    with both.reader() as session:
        shown = [replies.read_reply(session, reply) for reply in (first, second)]
        assert replies.free_shortcut(session, "reply") == "reply3"
    assert [(reply.shortcut, reply.text, reply.keywords) for reply in shown] == [
        ("reply", "Hello", "hi"),
        ("reply2", "", ""),
    ]


def test_most_used_come_first_and_the_rest_by_shortcut(both):
    ids = {shortcut: add(both, shortcut) for shortcut in ("a", "b", "c")}
    for shortcut in ("c", "c", "b"):
        both.run_unrecorded(replies.count_use, ids[shortcut])
    with both.reader() as session:
        assert [reply.shortcut for reply in replies.most_used(session, 5)] == ["c", "b", "a"]
        assert replies.uses(session) == {ids["c"]: 2, ids["b"]: 1}


@pytest.mark.parametrize(
    ("typed", "words"), [("", []), ("gift card, box", ["gift card", "box"]), (" هدية ،، علبة ", ["هدية", "علبة"])]
)
def test_keywords_are_parted_by_commas(typed, words):
    assert replies.split_keywords(typed) == words


def lines(database, *given, **named):
    with database.reader() as session:
        return [line.shortcut for line in replies.list_replies(session, *given, **named)]


def use(database, reply, moment):
    def note(session):
        replies.count_use(session, reply)
        session.get(ReplyUse, reply).used_at = moment

    database.run_unrecorded(note)


def test_a_list_is_ordered_by_shortcut_by_use_and_by_last_use(both):
    ids = {shortcut: add(both, shortcut) for shortcut in ("a", "b", "c", "d")}
    for shortcut, moment in (("b", 10), ("b", 20), ("c", 30)):
        use(both, ids[shortcut], moment)
    assert lines(both) == ["a", "b", "c", "d"]
    assert lines(both, order="uses") == ["b", "c", "a", "d"]
    assert lines(both, order="used") == ["c", "b", "a", "d"]
    assert lines(both, "b", order="used") == ["b"]


def test_a_line_tells_what_a_list_shows(both):
    reply = add(both, "a", "x" * 500, folder=" Orders ", condition="open")
    both.run("Part", add_part, reply, "text", text="More")
    use(both, reply, 77)
    with both.reader() as session:
        (line,) = replies.list_replies(session)
    assert line == replies.Line(reply, "a", "x" * replies.HEAD, "Orders", "open", 1, 77, 1)


def test_folders_are_made_by_what_is_in_them(both):
    ids = [add(both, f"r{n}", folder=folder) for n, folder in enumerate(("b", "a", "", "b"))]

    def folders():
        with both.reader() as session:
            return replies.folders(session)

    assert folders() == [("a", 1), ("b", 2), ("", 1)]
    assert lines(both, "", "b") == ["r0", "r3"]
    assert lines(both, "", "") == ["r2"]
    assert lines(both, "r1", "b") == []
    both.run("Move", replies.move_replies, ids[:2], "new  one")
    assert folders() == [("b", 1), ("new one", 2), ("", 1)]
    both.run("Rename", replies.rename_folder, "new one", "b")
    assert folders() == [("b", 3), ("", 1)]
    both.undo()
    assert folders() == [("b", 1), ("new one", 2), ("", 1)]


@pytest.mark.on("sqlite")
def test_a_condition_is_one_of_three(both):
    with pytest.raises(Invalid) as caught:
        add(both, "a", condition="raining")
    assert caught.value.field == "condition"


def test_what_is_meant_for_now_comes_first_and_what_is_not_last(both):
    for shortcut, condition in (("now1", "open"), ("now2", "closed"), ("now3", "")):
        add(both, shortcut, condition=condition)

    def offered(typed, is_open):
        with both.reader() as session:
            return [reply.shortcut for reply in replies.find_replies(session, typed, is_open=is_open)]

    assert offered("now", None) == ["now1", "now2", "now3"]
    assert offered("now", True) == ["now1", "now3", "now2"]
    assert offered("now", False) == ["now2", "now3", "now1"]
    assert offered("now1", False) == ["now1"]
    assert offered("", False) == ["now1", "now2", "now3"], "an alphabet stays one"
    with both.reader() as session:
        assert [reply.shortcut for reply in replies.most_used(session, 5, is_open=False)] == ["now2", "now3"]
        assert [reply.shortcut for reply in replies.most_used(session, 1)] == ["now1"]


def test_what_is_for_another_time_comes_after_any_other_word(both):
    add(both, "hours2", condition="closed")
    add(both, "other", "the hours")
    with both.reader() as session:
        assert [reply.shortcut for reply in replies.find_replies(session, "hours", is_open=True)] == ["other", "hours2"]
        assert [reply.shortcut for reply in replies.find_replies(session, "hours")] == ["hours2", "other"]


def test_the_very_shortcut_comes_first_even_at_another_time(both):
    add(both, "hours", condition="closed")
    add(both, "hours2")
    with both.reader() as session:
        assert [reply.shortcut for reply in replies.find_replies(session, "/hours", is_open=True)] == [
            "hours",
            "hours2",
        ]


def test_a_reply_is_found_by_the_words_of_its_parts(both):
    reply = add(both, "a", "text")
    both.run("Part", add_part, reply, "text", language="en", text="Delivery takes a day")
    assert found(both, "delivery") == ["a"]
    both.run("Change", replies.update_reply, reply, text="other")
    assert found(both, "delivery") == ["a"]
    assert found(both, "text") == []
