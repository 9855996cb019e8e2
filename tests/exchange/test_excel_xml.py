"""Excel's XML of 2003: cells where Excel says they are, and files that are made to fill a memory."""

import time

import pytest

from desktop.exchange.sources import read_source
from desktop.exchange.tables import BadTable
from tests.torture import samples

OPEN = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:x">'
HEAD = '<Row><Cell><Data ss:Type="String">title</Data></Cell><Cell><Data ss:Type="String">price</Data></Cell></Row>'


def book(rows, head=HEAD, name="List", more=""):
    return f'{OPEN}<Worksheet ss:Name="{name}"><Table>{head}{rows}</Table></Worksheet>{more}</Workbook>'.encode()


def cell(text, kind="String", **said):
    attributes = "".join(f' ss:{name}="{value}"' for name, value in said.items())
    return f'<Cell{attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def rows(data):
    return [row for _number, row in read_source(data).rows]


def test_cells_rows_and_merged_ones_are_where_they_are_seen():
    table = read_source(samples.EXCEL_XML)
    assert table.header == ["id", "title", "price", "category"]
    assert table.rows == [
        (3, ["w1", "ساعة رولكس", "370", "Watches"]),
        (4, ["w2", "Cup & saucer\nblue", "", "Watches"]),
        (6, ["", "Jug", "", "2026-02-10"]),
    ]
    assert (table.sheet, table.sheets, table.encoding, table.warnings) == ("List", ("List",), "utf-8", [])


@pytest.mark.parametrize(
    ("kind", "text", "seen"),
    [
        ("Number", "6291041500213", "6291041500213"),
        ("Number", "0.30000000000000004", "0.3"),
        ("Number", "1E-7", "0.0000001"),
        ("Number", "nine", "nine"),
        ("DateTime", "2026-02-10T09:30:00.000", "2026-02-10 09:30:00"),
        ("DateTime", "1899-12-31T09:30:00.000", "09:30:00"),
        ("Boolean", "1", "true"),
        ("Error", "#REF!", ""),
        ("String", "=1+1", "=1+1"),
        ("String", "007", "007"),
    ],
)
def test_a_cell_is_what_people_see(kind, text, seen):
    assert rows(book(f"<Row>{cell('Cup')}{cell(text, kind)}</Row>")) == [["Cup", seen]]


def test_a_merged_cell_is_in_each_of_its_rows_and_in_no_other():
    merged = f"<Row>{cell('Cup')}{cell('5', MergeDown=2)}</Row><Row>{cell('Jug')}</Row><Row/><Row>{cell('Pan')}</Row>"
    assert rows(book(merged)) == [["Cup", "5"], ["Jug", "5"], ["Pan", ""]]


def test_the_fullest_sheet_is_read_and_another_by_its_name_and_in_any_encoding():
    more = f'<Worksheet ss:Name="صغير"><Table>{HEAD}</Table></Worksheet>'
    data = book(f"<Row>{cell('كوب')}{cell('5')}</Row>", more=more)
    for said in (data, data.decode().encode("utf-16")):
        table = read_source(said)
        assert (table.sheet, table.sheets, table.rows) == ("List", ("List", "صغير"), [(2, ["كوب", "5"])])
        assert [problem.code for problem in table.warnings] == ["sheet_chosen"]
    assert read_source(data, sheet="صغير").rows == []


def test_a_file_that_ends_early_is_read_so_far_and_told():
    data = book(f"<Row>{cell('Cup')}{cell('5')}</Row><Row>{cell('Jug')}{cell('7')}</Row>")
    table = read_source(data[: data.index(b"Jug")])
    assert table.rows[0] == (2, ["Cup", "5"])
    assert "xml_recovered" in {problem.code for problem in table.warnings}


@pytest.mark.fault("S04")
@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (f'<Row ss:Index="999999999">{cell("x")}</Row>', "damaged"),
        (f"<Row>{cell('x', Index=99999)}</Row>", "damaged"),
        (f"<Row>{cell('x', MergeAcross=99999999)}</Row>", "damaged"),
        ('<Row ss:Span="99999999"/>', "damaged"),
        (f"<Row>{cell('x', Index=16000)}</Row>" * 1000, "more cells"),
        (f"<Row>{cell('x' * 90_000, MergeDown=9999, Index=3)}</Row>" + f"<Row>{cell('y')}</Row>" * 9000, "more cells"),
    ],
)
def test_small_files_that_become_huge_are_refused_at_once(bad, words):
    begun = time.process_time()
    with pytest.raises(BadTable, match=words):
        read_source(book(bad))
    assert time.process_time() - begun < 3


@pytest.mark.fault("S09")
def test_entities_bombs_and_controls_are_text_or_nothing(tmp_path):
    (tmp_path / "secret").write_text("secret")
    lols = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    for dtd, said in (
        (f'<!ENTITY f SYSTEM "{(tmp_path / "secret").as_uri()}">', "&f;"),
        (f'<!ENTITY l0 "lol">{lols}', "&l9;"),
        ("", "&#0;&nbsp;\x0b"),
    ):
        text = book(f"<Row>{cell('Cup')}{cell(said)}</Row>").decode()
        data = text.replace("<Workbook", f"<!DOCTYPE Workbook [{dtd}]><Workbook", 1).encode()
        found = rows(data)
        assert found[0][0] == "Cup"
        assert "secret" not in found[0][1]
        assert len(found[0][1]) < 20
    assert read_source(book(f"<Row>{cell('Cup')}</Row><Row>{cell('x' * 11_000_000)}</Row>")).rows[0] == (2, ["Cup", ""])


def test_what_has_no_cells_is_said():
    with pytest.raises(BadTable, match="no rows"):
        read_source(book("", head=""))
