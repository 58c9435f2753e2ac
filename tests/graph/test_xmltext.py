"""Text in XML is written as the standard library writes it."""

from xml.sax import saxutils

from hypothesis import given
from hypothesis import strategies as st

from kg.graph.xmltext import escape, quoteattr

TEXT = st.text(st.one_of(st.sampled_from("&<>\"'\n\r\tab;"), st.characters()))


@given(TEXT)
def test_it_is_that_of_the_standard_library(text):
    more = {"\r": "&#13;", '"': "&quot;"}
    assert (quoteattr(text), escape(text)) == (saxutils.quoteattr(text), saxutils.escape(text))
    assert escape(text, more) == saxutils.escape(text, more)
