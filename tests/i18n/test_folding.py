"""The fast way of folding is the full one, for whatever is written."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n import folding

ODD = "أإآةىيكـًٌَ̣́̈ aAeéßςΣ ١٢٣٫٪がｶﾞ한ㅎㅏगिलﷺ\u200f\u0301\u0308\u00a0ﻻ１²½Åİ"
TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(ODD),
        st.characters(min_codepoint=0x300, max_codepoint=0x36F),
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
    )
)


@given(TEXT)
def test_it_folds_as_the_rules_of_unicode_do(text):
    assert folding.fold(text) == " ".join(folding._in_full(text).split())


def test_every_character_between_two_letters():
    texts = (f"a{chr(code)}b" for code in range(0x3000))
    assert [text for text in texts if folding.fold(text) != " ".join(folding._in_full(text).split())] == []


def test_a_mark_counts_where_its_letter_needs_it():
    assert folding.fold("أَحْمَد") == folding.fold("احمد")
    assert folding.fold("がか") == "がか"
