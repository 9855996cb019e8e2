"""Quick replies out to a table and in from one, on both databases."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.exchange.replies_file import compare, import_replies, read_replies, table_of, write_replies
from desktop.exchange.tables import BadTable
from desktop.services import replies
from desktop.services.catalog import add_product, remove_products
from desktop.services.reply_parts import add_part, add_pdf, list_parts

COLUMNS = ("shortcut", "text", "keywords", "folder", "language", "condition")
PARTS = ("kind", "language", "text", "name", "sha256", "product_id")


def shown(database):
    """Every reply as the file should bring it back."""
    with database.reader() as session:
        return [
            [getattr(reply, name) for name in COLUMNS]
            + [[getattr(part, name) for name in PARTS] for part in list_parts(session, reply.id)]
            for reply in replies.find_replies(session)
        ]


def out(database):
    with database.reader() as session:
        return table_of(session)


def bring(database, content, name="replies.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    return database.run("Import replies", import_replies, read_replies(name, data))


def counts(plan):
    return plan.new, plan.changed, plan.unchanged, plan.skipped


@pytest.fixture
def filled(both):
    """A shop with every kind of part, and texts that spreadsheets would calculate."""

    def fill(session):
        item = add_product(session, "Rose box", code="BOX-1")
        other = add_product(session, "Card")
        one = replies.add_reply(session, "sum", '=1+1\n- a\n;=b, "c"', keywords="a, b", folder="Orders & more")
        two = replies.add_reply(session, "شكرا", "'=شكرًا {customer|بكم}", language="ar", condition="closed")
        replies.add_reply(session, "empty")
        add_part(session, one, "text", language="en", text="+971")
        add_part(session, one, "text", text="@more")
        add_pdf(session, one, "Prices 2026.pdf", b"%PDF-1.7")
        for product in (item, other, None):
            add_part(session, two, "item", product_id=product)
        add_part(session, two, "location")
        add_part(session, two, "catalog", language="en")

    both.run("Fill", fill)
    return both


def test_a_table_brings_everything_back(filled):
    before, table = shown(filled), out(filled)
    assert counts(bring(filled, table)) == (0, 0, 3, 0)
    with filled.reader() as session:
        ids = [reply.id for reply in replies.find_replies(session)]
    filled.run("Delete", replies.remove_replies, ids)
    plan = bring(filled, table)
    assert counts(plan) == (3, 0, 0, 0)
    assert plan.complete
    assert plan.problems == []
    assert shown(filled) == before
    assert out(filled) == table


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


def test_any_texts_come_back(database):
    def clear(session):
        replies.remove_replies(session, [reply.id for reply in replies.find_replies(session)])

    @settings(max_examples=25)
    @given(st.dictionaries(st.from_regex(r"\A[a-zء-ي=+@-]{1,8}\Z"), st.tuples(TEXT, TEXT, TEXT), max_size=4))
    def check(given):
        def add(session):
            for shortcut, (text, folder, part) in given.items():
                add_part(session, replies.add_reply(session, shortcut, text, folder=folder), "text", text=part)

        database.run("Clear", clear)
        database.run("Add", add)
        before, table = shown(database), out(database)
        assert len(before) == len({shortcut.casefold() for shortcut in given})
        database.run("Clear", clear)
        bring(database, table)
        kept = [[*row[:6], *(part for part in row[6:] if part[2])] for row in shown(database)]
        assert kept == [[*row[:6], *(part for part in row[6:] if part[2])] for row in before]

    check()


def test_it_is_written_to_a_file(filled, tmp_path):
    with filled.reader() as session:
        write_replies(session, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == out(filled)
    assert out(filled).startswith(b'\xef\xbb\xbf"shortcut"')


def test_a_plain_table_adds_and_changes_and_leaves_what_it_does_not_say(filled):
    table = "Shortcut;Message;المجلد\n/SUM;New text;\nnew;Hello;Greetings\nempty;;\n"
    with filled.reader() as session:
        plan = compare(session, read_replies("a.csv", table.encode()))
    assert counts(plan) == (1, 1, 1, 0)
    assert [(change.row.shortcut, change.reply is None, change.values) for change in plan.changes] == [
        ("SUM", False, {"text": "New text"}),
        ("new", True, {"text": "Hello", "folder": "Greetings"}),
    ]
    before = shown(filled)
    assert counts(bring(filled, table)) == (1, 1, 1, 0)
    (changed,) = [row for row in shown(filled) if row[0] == "sum"]
    assert changed[1:4] == ["New text", "a, b", "Orders & more"]
    assert len(changed) == 9, "its parts"
    assert filled.undo() == "Import replies"
    assert shown(filled) == before


@pytest.mark.parametrize(
    ("rows", "expected", "codes"),
    [
        ("two words,a", (1, 0, 0, 0), ["shortcut_changed"]),
        (",a", (0, 0, 0, 1), ["shortcut_missing"]),
        ("/ ,a", (0, 0, 0, 1), ["shortcut_missing"]),
        ("x,a\nX,b", (1, 0, 0, 1), ["duplicate_shortcut"]),
        ("x,a,picture", (0, 0, 0, 1), ["strange_part"]),
        ("x,a\nx,b,film", (1, 0, 0, 1), ["strange_part"]),
        ("x,a\nx,,picture", (1, 0, 0, 0), ["file_missing"]),
        ("x,a\nx,,item,NO-1", (1, 0, 0, 0), ["item_missing"]),
        ("x,a,,,sometimes", (1, 0, 0, 0), ["unknown_condition"]),
    ],
)
def test_what_is_wrong_with_a_row_is_told(database, rows, expected, codes):
    width = 5
    lines = [line + "," * (width - 1 - line.count(",")) for line in rows.split("\n")]
    plan = bring(database, "shortcut,text,part,item,offered\n" + "\n".join(lines))
    assert counts(plan) == expected
    assert [problem.code for problem in plan.problems] == codes
    assert plan.complete == (not expected[3])
    assert all(str(problem.row) in problem.message for problem in plan.problems)


def test_a_part_of_an_item_that_is_gone_is_told(filled):
    table = out(filled)
    with filled.reader() as session:
        ids = [reply.id for reply in replies.find_replies(session)]
    filled.run("Delete", replies.remove_replies, ids)
    filled.run("Delete", remove_products, [1])
    assert [problem.code for problem in bring(filled, table).problems] == ["item_missing"]


@pytest.mark.parametrize(
    "data", [b"", b"\xef\xbb\xbf\n", b"hello\nworld\n", b"a,b\n1,2\n", b"%PDF-1.7", b"shortcut\nx\n"]
)
def test_what_is_no_table_of_replies(data):
    with pytest.raises(BadTable):
        read_replies("a.csv", data)
