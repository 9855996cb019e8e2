"""The greeting and the away message, on both databases."""

from desktop.services.automatic import list_automatic, set_automatic


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
