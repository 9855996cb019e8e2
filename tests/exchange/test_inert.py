"""Cells that no spreadsheet calculates."""

import csv
import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.inert import bare, inert

SIGNS = "=+-@\t\r＝＋－＠"
TEXTS = st.one_of(st.text(), st.text(st.sampled_from(SIGNS + "';\n,a \"1"), max_size=30))


@pytest.mark.parametrize(
    "text", ["=1+1", "+2", "-2", "@x", "\tx", "\rx", "＝1", "'=1", "a;=1+1", "a\t=1", "\r=1", "a\n=1", "a\n- b"]
)
@pytest.mark.fault("S01")
def test_what_would_begin_a_formula_does_not(text):
    assert not re.search(rf"(^|[;\t\n\r])[{re.escape(SIGNS)}]", inert(text))


@pytest.mark.parametrize("text", ["", "hello", "a = b", "it's", "'quoted'", "a;b", "شكرًا!", "1-2"])
def test_other_texts_stay_as_they_are(text):
    assert inert(text) == bare(text) == text


@given(TEXTS)
@pytest.mark.fault("S01")
def test_every_text_comes_back(text):
    assert bare(inert(text)) == text


@pytest.mark.fault("S02")
@pytest.mark.parametrize("phone", ["+201001234567", "+971 50 123 4567", "+٩٧١٥٠١٢٣٤٥٦٧"])
def test_a_phone_comes_back_with_its_plus(phone):
    assert bare(inert(phone)) == phone
    assert bare(phone) == phone


@given(TEXTS, st.sampled_from(",;\t"))
@pytest.mark.fault("S01")
def test_no_cell_begins_a_formula_whatever_the_program_takes_for_the_delimiter(text, delimiter):
    table = StringIO()
    csv.writer(table, quoting=csv.QUOTE_ALL).writerow(["a", inert(text.replace("\0", ""))])
    for row in csv.reader(StringIO(table.getvalue(), newline=""), delimiter=delimiter):
        for cell in row:
            assert not cell.startswith(tuple(SIGNS.replace("\r", "")))
