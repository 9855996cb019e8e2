"""Quick replies from espanso's match files."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.espanso import LARGEST, read_espanso
from desktop.exchange.replies_file import read_replies
from desktop.exchange.tables import BadTable

FILE = r"""
# replies of a shop
global_vars:
  - name: greeting
    type: echo
    params: {echo: "Good day"}
matches:
  - trigger: ":hi"
    replace: "{{greeting}} {{form1.name}}, welcome$|$!"
    vars:
      - name: form1
        type: form
        params: {layout: "Name: [[name]]"}
  - triggers: [":thanks", ":ty"]
    label: thank you, friend
    replace: |
      Thank you!
      See you.
  - trigger: ":date"
    replace: "{{today}} | {{later}} | {{now}} | {{both}}"
    vars:
      - {name: today, type: date, params: {format: "%d/%m/%Y"}}
      - {name: later, type: date, params: {format: "%A", offset: 172800}}
      - {name: now, type: date, params: {format: "%H:%M", offset: -3600}}
      - {name: both, type: date, params: {format: "%d %B, %H:%M"}}
  - trigger: ":سعر"
    form: "[[product]] costs [[price]], [[colour]]"
  - trigger: ":yes"
    replace: yes
  - trigger: "now open"
    replace: "{{clipboard}} {{out}}"
    vars:
      - {name: out, type: shell, params: {cmd: "rm -rf /"}}
      - {name: clipboard, type: clipboard}
  - trigger: ":pic"
    image_path: "/home/me/picture.png"
  - regex: ":(?P<n>.*)"
    replace: "x"
  - trigger: ":hi"
    replace: again
"""


def test_texts_forms_and_dates_become_replies():
    incoming = read_espanso(FILE.encode())
    assert {reply.shortcut: reply.values for reply in incoming.replies} == {
        "hi": {"text": "Good day {customer}, welcome!"},
        "thanks": {"text": "Thank you!\nSee you.\n", "keywords": "ty, thank you friend"},
        "date": {"text": "{date} | {date+2} | {time-60} | {date} {time}"},
        "سعر": {"text": "{product} costs {price}, {{form.colour}}"},
        "yes": {"text": "yes"},
        "now_open": {"text": "{{clipboard}} {{out}}"},
    }
    assert incoming.skipped == 3
    assert [(problem.row, problem.code) for problem in incoming.problems] == [
        (26, "unknown_variable"),
        (30, "shortcut_changed"),
        (30, "unknown_variable"),
        (30, "unknown_variable"),
        (35, "text_missing"),
        (37, "trigger_missing"),
        (39, "duplicate_shortcut"),
    ]


def test_the_ending_tells_it_from_a_table():
    data = b"matches: [{trigger: ':a', replace: b}]"
    for name in ("base.yml", "BASE.YAML"):
        assert [reply.shortcut for reply in read_replies(name, data).replies] == ["a"]


BOMB = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "just words",
        "- a\n- b",
        "matches: none",
        "matches: [",
        "matches:\n\t- trigger: a",
        BOMB + "matches: *i",
        "matches: [{trigger: ':a', replace: !!python/object/apply:os.system ['true']}]",
        "matches: [{trigger: ':a', replace: !x b}]",
        "matches: [{? {a: b} : c}]",
        "{{name}}: x",
        "[" * 500,  # too deep for the parser
        "a: " + "x" * LARGEST,
        b"matches: \xff\xfe",
    ],
)
def test_what_is_no_match_file_is_refused_in_a_sentence(text):
    with pytest.raises(BadTable) as caught:
        read_espanso(text if isinstance(text, bytes) else text.encode())
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize("match", ["words", "[a]", "{}", "{trigger: [], replace: x}", "{trigger: ':::', replace: x}"])
def test_a_match_that_is_none_is_left_out(match):
    incoming = read_espanso(f"matches: [{match}]".encode())
    assert (incoming.replies, incoming.skipped, len(incoming.problems)) == ([], 1, 1)


@given(st.text(st.sampled_from("matches:triggerreplacevars name\n -[]{}\"'|>&*!#$%"), max_size=120))
def test_whatever_stands_in_a_file_it_is_read_or_refused(text):
    with suppress(BadTable):
        assert read_espanso(text.encode()).replies is not None
