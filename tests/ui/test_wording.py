"""Facts in words, and names that are letters only."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.contacts import Contact, ContactKind
from ui import wording
from ui.rows import link_of

HOSTILE = ["[x](http://evil)", "<img src=x onerror=alert(1)>", ":red[boo]", "$x$", "# big", "**b**"]


@pytest.mark.parametrize("name", HOSTILE)
def test_markdown_in_a_name_is_shown_letter_by_letter(name: str):
    told = wording.plain(name)
    assert re.sub(r"\\(.)", r"\1", told) == name
    assert not re.search(r"(?<!\\)[\[\]()<>:$#*]", told)


@given(st.text())
def test_plain_keeps_the_words(text: str):
    assert re.sub(r"\\(.)", r"\1", wording.plain(text)) == " ".join(text.split())


def test_links_call_write_or_open():
    assert (
        link_of(Contact(kind=ContactKind.PHONE, value="+32 2 511 11 11")).href == "tel:+3225111111"
    )
    assert link_of(Contact(kind=ContactKind.EMAIL, value="a@b.be")).href == "mailto:a@b.be"
    site = link_of(Contact(kind=ContactKind.WEBSITE, value="https://www.ocmw.brussels/"))
    assert (site.text, site.out) == ("ocmw.brussels", True)


@pytest.mark.parametrize("value", ["javascript:alert(1)", "data:text/html,x", "https://x/<script>"])
def test_a_link_that_could_carry_a_script_is_no_contact(value: str):
    with pytest.raises(ValueError, match="Expected a valid website"):
        Contact(kind=ContactKind.WEBSITE, value=value)
