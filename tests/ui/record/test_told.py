"""Who may not see a contact is told nothing of it, whatever version it stood in."""

import pytest

from directory.contacts import Visibility
from directory.differences import differences
from directory.store.rows import facts_of
from tests.records import actor, phone
from ui.record.subject import read
from ui.record.told import parts, seen

OPEN = facts_of(actor("huis", contacts=(phone("02 111 11 11"),)))
NARROWED = facts_of(actor("huis", contacts=(phone("02 111 11 11", visibility="relays"),)))
GONE = facts_of(actor("huis", hours="24/7"))
EVERYONE = frozenset({Visibility.PUBLIC})


def test_a_contact_hidden_in_any_version_is_left_out() -> None:
    found = differences(OPEN, GONE)
    assert {one.path[0] for one in seen(found, (OPEN, GONE), EVERYONE)} == {"contacts", "hours"}
    left = seen(found, (OPEN, GONE, NARROWED), EVERYONE)
    assert [one.path for one in left] == [("hours",)]
    assert len(seen(found, (OPEN, GONE, NARROWED), frozenset(Visibility))) == len(found)
    assert seen(differences(OPEN, NARROWED), (OPEN, NARROWED), EVERYONE) == []


def test_only_texts_that_share_words_are_compared_word_by_word() -> None:
    assert parts("open on Monday", "open on Tuesday")[0] == ("kept", "open on ")
    assert parts("24/7", "Mo off") == parts(None, "open on Monday") == ()


@pytest.mark.parametrize(
    "value", ["", "actors", "actors:", "actors:../x", "indicators:a", "actors:a:b", "x" * 500]
)
def test_an_address_that_names_no_record_is_none(value: str) -> None:
    assert read(value) is None
