"""The log: it is kept small, and knows no customer's number."""

import logging

import pytest

from desktop import config, log


@pytest.fixture
def started(tmp_path, monkeypatch):
    monkeypatch.setenv(config.HOME, str(tmp_path))
    root = logging.getLogger()
    handlers = root.handlers[:]
    root.handlers = [handler for handler in handlers if not isinstance(handler, log._File)]
    path = log.start()
    yield path
    for handler in root.handlers:
        if handler not in handlers:
            handler.close()
    root.handlers = handlers


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("asked +971 50 123 4567 twice", "asked (number) twice"),
        ("https://wa.me/971501234567?text=hi", "https://wa.me/(number)?text=hi"),
        ("٠٥٠١٢٣٤٥٦٧", "(number)"),
        ("(050) 123-45.67", "((number)"),
        ("postgresql://mona:pa55word@db.example/shop", "postgresql://(hidden)@db.example/shop"),
        ("password='hunter2' and Token: abc.def", "password='(hidden) and Token: (hidden)"),
        ("Authorization: Bearer eyJhbGciOi", "Authorization: Bearer (hidden)"),
        ("sent EAAJZC0abcdefghij0123456789ABCDEFGHIJ back", "sent (hidden) back"),
        ("row 197 of 12345, version 1", "row 197 of 12345, version 1"),
    ],
)
def test_numbers_of_phones_are_left_out(line, kept):
    assert log.redact(line) == kept


def test_also_in_what_went_wrong(started):
    try:
        raise ValueError("971501234567")
    except ValueError:
        logging.getLogger("desktop.test").exception("with %s", "971501234567")
    text = started.read_text("utf-8")
    assert "ValueError: (number)" in text
    assert "with (number)" in text
    assert "971501234567" not in text


def test_only_its_owner_reads_it(started):
    logging.getLogger("desktop.test").warning("once")
    assert started.stat().st_mode & 0o777 == 0o600


def test_the_file_appears_with_its_first_line_and_starting_again_changes_nothing(started):
    assert not started.exists()
    assert log.start() == started
    logging.getLogger("desktop.test").warning("once")
    assert started.read_text("utf-8").count("once") == 1


def test_it_stays_small(started):
    for _ in range(3):
        for _ in range(10):
            logging.getLogger("desktop.test").warning("x" * (log.SIZE // 10))
    kept = list(started.parent.iterdir())
    assert len(kept) == 1 + log.KEPT
    assert all(path.stat().st_size <= log.SIZE for path in kept)


def test_where_nothing_can_be_written_there_is_none(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv(config.HOME, str(tmp_path / "file"))
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    assert log.start() is None
