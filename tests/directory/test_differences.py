"""What differs between two versions, told."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from directory.differences import Change, differences, words
from directory.store.rows import facts_of
from tests.records import actor, at, phone


def told(before: Any, after: Any) -> dict[str, tuple[Any, Any]]:
    return {"/".join(one.path): (one.before, one.after) for one in differences(before, after)}


def test_each_language_contact_and_code_is_told_by_itself() -> None:
    before = facts_of(
        actor("huis", contacts=(phone("02 111 11 11"),), languages=("fr",), version=1)
    )
    after = facts_of(
        actor(
            "huis",
            contacts=(phone("02 111 11 11", visibility="relays"), phone("02 222 22 22")),
            languages=("fr", "nl"),
            descriptions={"nl": "Huis"},
            version=2,
        )
    )
    found = told(before, after)
    assert found["contacts/phone 02 111 11 11/visibility"] == ("public", "relays")
    assert found["contacts/phone 02 222 22 22"][0] is None
    assert found["languages/nl"] == (None, "nl")
    assert found["descriptions/nl"] == (None, "Huis")
    assert len(found) == 4


def test_a_place_that_moved_is_one_difference() -> None:
    before, after = facts_of(actor("huis")), facts_of(actor("huis", places=(at(1.5, 0.5),)))
    found = told(before, after)
    assert list(found) == ["places/0"]
    assert found["places/0"][1] == after["places"][0]


def test_an_order_is_told_as_such_and_an_older_form_as_nothing() -> None:
    assert told({"languages": ["fr", "nl"]}, {"languages": ["nl", "fr"]}) == {
        "languages": (["fr", "nl"], ["nl", "fr"])
    }
    assert told({"version": 1}, {"version": 2, "audience": {}, "verified_by": ""}) == {}


def test_a_new_record_and_one_that_went_are_told_whole() -> None:
    facts = {"id": "huis", "hours": "24/7", "names": {"fr": "Maison"}}
    assert told(None, facts) == {"hours": (None, "24/7"), "names/fr": (None, "Maison")}
    assert told(facts, None) == {"hours": ("24/7", None), "names/fr": ("Maison", None)}


@given(st.text(max_size=60), st.text(max_size=60))
def test_words_say_both_texts(before: str, after: str) -> None:
    found = words(before, after)
    assert "".join(text for change, text in found if change is not Change.ADDED) == before
    assert "".join(text for change, text in found if change is not Change.REMOVED) == after
