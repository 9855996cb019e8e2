"""Quick replies that come in from a table or from espanso, and go out again."""

import csv
import json

import pytest

TABLE = "shortcut,text,folder\nthanks,شكرًا!,\nnew one,Hello,Greetings\n,lost,\n"


def texts(dukkan, shop, query):
    return [each["text"] for each in json.loads(dukkan("find", shop, "replies", query, "--json").out)]


def test_what_became_of_the_rows(dukkan, gifts, file):
    result = dukkan("import-replies", gifts, file(TABLE), "--json")
    report = json.loads(result.out)
    assert result.code == 1, "a row was left out"
    assert {key: report[key] for key in ("new", "changed", "unchanged", "skipped")} == {
        "new": 1, "changed": 1, "unchanged": 0, "skipped": 1
    }  # fmt: skip
    assert [(each["row"], each["code"], each["warning"]) for each in report["problems"]] == [
        (3, "shortcut_changed", True),
        (4, "shortcut_missing", False),
    ]
    assert texts(dukkan, gifts, "new_one") == ["Hello"]
    again = json.loads(dukkan("import-replies", gifts, file(TABLE), "--json").out)
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 2)


def test_words_go_to_standard_error(dukkan, gifts, file):
    result = dukkan("import-replies", gifts, file(TABLE))
    assert not result.out
    assert "New: 1. Changed: 1. Unchanged: 0. Left out: 1." in result.err


def test_an_import_is_one_action(dukkan, gifts, file):
    dukkan("import-replies", gifts, file(TABLE))
    assert dukkan("undo", gifts).err == "Taken back: Import replies\n"
    assert texts(dukkan, gifts, "new_one") == []
    assert texts(dukkan, gifts, "thanks") == ["شكراً لك!\nنورتنا"]


def test_matches_of_espanso(dukkan, gifts, file):
    matches = "matches:\n  - trigger: ':bye'\n    replace: 'Bye {{form1.name}}$|$'\n"
    assert dukkan("import-replies", gifts, file(matches, "base.yml")).code == 0
    assert texts(dukkan, gifts, "bye") == ["Bye {customer}"]


def test_out_and_back(dukkan, gifts, tmp_path):
    path = tmp_path / "replies.csv"
    result = dukkan("export", gifts, "replies", "--out", path)
    assert (result.code, result.out) == (0, "")
    assert str(path) in result.err
    with path.open(encoding="utf-8-sig", newline="") as rows:
        assert [row["shortcut"] for row in csv.DictReader(rows)] == ["thanks", "توصيل"]
    report = json.loads(dukkan("import-replies", gifts, path, "--json").out)
    assert (report["new"], report["changed"], report["unchanged"], report["problems"]) == (0, 0, 2, [])
    assert "توصيل" in dukkan("export", gifts, "replies", "--out", "-").out


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", 65),
        ("hello\nworld\n", "a.csv", 65),
        ("a: &a [1]\nb: *a\n", "a.yml", 65),
        ("matches: [{trigger: a, replace: !!python/name:os.system x}]", "a.yml", 65),
    ],
)
def test_what_is_no_list_of_replies(dukkan, gifts, file, content, name, code):
    before = gifts.read_bytes()
    result = dukkan("import-replies", gifts, file(content, name))
    assert (result.code, result.out) == (code, "")
    assert result.err.count("\n") == 1
    assert gifts.read_bytes() == before


def test_a_file_that_is_not_there(dukkan, gifts, tmp_path):
    assert dukkan("import-replies", gifts, tmp_path / "nothing.csv").code == 66
    assert dukkan("export", gifts, "replies", "--out", tmp_path / "no/a.csv").code == 73
