"""Two versions of one record, brought together."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.actors import Actor
from directory.merging import Merged, Side, merge
from directory.store import Kind
from directory.store.rows import facts_of, record_of
from tests.records import actor, at, phone

TEXT = st.sampled_from(["", "a", "b", "c"])
TEXTS = st.dictionaries(st.sampled_from(["fr", "nl", "en"]), st.sampled_from(["a", "b", "c"]))
CONTACT = st.fixed_dictionaries(
    {
        "kind": st.just("phone"),
        "value": st.sampled_from(["02 1", "02 2", "02 3"]),
        "visibility": st.sampled_from(["public", "relays"]),
        "label": TEXTS,
    }
)
PLACE = st.fixed_dictionaries({"precision": st.just("sector"), "area": TEXT})
CODES = st.lists(st.sampled_from(["fr", "nl", "ar", "es"]), unique=True, max_size=4)
FACTS = st.fixed_dictionaries(
    {
        "hours": TEXT,
        "cost": st.sampled_from([None, "free", "paid"]),
        "names": TEXTS,
        "categories": CODES,
        "languages": CODES,
        "contacts": st.lists(CONTACT, max_size=3, unique_by=lambda one: str(one["value"])),
        "places": st.lists(PLACE, max_size=2),
        "consent": st.none() | st.fixed_dictionaries({"given_on": TEXT, "ends_on": TEXT}),
    }
)


def leaves(value: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Flatten facts: what stands where, the elements of a list by what they are."""
    if isinstance(value, dict) and path != ("consent",):
        found: dict[tuple[str, ...], Any] = {}
        for key, part in value.items():
            found |= leaves(part, (*path, key))
        return found
    if isinstance(value, list):
        found = {}
        for part in value:
            name = str(part.get("value") or part.get("area")) if isinstance(part, dict) else part
            found |= leaves(part, (*path, name)) if isinstance(part, dict) else {(*path, name): 1}
        return found
    return {path: value}


def unordered(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        key: sorted(json.dumps(one, sort_keys=True) for one in value)
        if isinstance(value, list)
        else value
        for key, value in facts.items()
    }


def decided(merged: Merged, side: Side) -> dict[tuple[str, ...], Side]:
    return {conflict.path: side for conflict in merged.conflicts}


@given(FACTS, FACTS, FACTS)
def test_it_is_the_same_from_both_sides(base: Any, mine: Any, theirs: Any) -> None:
    here, there = merge(base, mine, theirs), merge(base, theirs, mine)
    seen = {(one.path, repr(one.mine), repr(one.theirs)) for one in here.conflicts}
    assert seen == {(one.path, repr(one.theirs), repr(one.mine)) for one in there.conflicts}
    one = merge(base, mine, theirs, decided(here, Side.MINE)).facts
    other = merge(base, theirs, mine, decided(there, Side.THEIRS)).facts
    assert unordered(one) == unordered(other)


@given(FACTS, FACTS)
def test_who_changed_nothing_or_the_same_takes_the_other(base: Any, mine: Any) -> None:
    for merged in (merge(base, mine, mine), merge(base, mine, base), merge(base, base, mine)):
        assert merged.facts == mine
        assert not merged.conflicts


@given(FACTS, FACTS, FACTS)
def test_what_a_side_wrote_is_there_or_asked_about(base: Any, mine: Any, theirs: Any) -> None:
    merged = merge(base, mine, theirs)
    kept, was = leaves(merged.facts), leaves(base)
    asked = [conflict.path[0] for conflict in merged.conflicts]
    for side in (mine, theirs):
        for path, value in leaves(side).items():
            if was.get(path) != value and path[0] not in asked:
                assert kept.get(path) == value


@given(FACTS, FACTS)
def test_changes_to_different_fields_are_both_kept(base: Any, other: Any) -> None:
    mine = base | {key: other[key] for key in ("hours", "names", "contacts")}
    theirs = base | {key: other[key] for key in ("cost", "languages", "places", "consent")}
    merged = merge(base, mine, theirs)
    assert not merged.conflicts
    assert merged.facts == other | {"categories": base["categories"]}


def test_two_languages_of_one_text_are_no_conflict() -> None:
    base = {"names": {"fr": "Maison"}, "version": 1}
    merged = merge(
        base,
        {"names": {"fr": "Maison", "nl": "Huis"}, "version": 1},
        {"names": {"fr": "La Maison"}, "version": 2},
    )
    assert merged.facts == {"names": {"fr": "La Maison", "nl": "Huis"}, "version": 2}


def test_a_contact_one_hides_and_the_other_takes_away_is_asked() -> None:
    number = {"kind": "phone", "value": "02 1", "visibility": "public"}
    base = {"contacts": [number]}
    hidden = {"contacts": [number | {"visibility": "relays"}]}
    merged = merge(base, hidden, {"contacts": []})
    assert [one.path for one in merged.open] == [("contacts", "phone 02 1")]
    gone = merge(base, hidden, {"contacts": []}, {("contacts", "phone 02 1"): Side.THEIRS})
    assert (gone.facts, gone.open) == ({"contacts": []}, ())


def test_both_places_of_a_house_moved_by_both_can_be_kept() -> None:
    base, mine, theirs = ({"places": [{"area": name}]} for name in "abc")
    merged = merge(base, mine, theirs)
    assert merged.open[0].path == ("places", "0")
    assert merged.open[0].roomy
    both = merge(base, mine, theirs, {("places", "0"): Side.BOTH})
    assert both.facts == {"places": [{"area": "c"}, {"area": "b"}]}


@pytest.mark.parametrize(
    ("side", "wanted"),
    [(Side.MINE, ["b", "a"]), (Side.THEIRS, ["c", "a"]), (Side.BOTH, ["c", "a", "b"])],
)
def test_two_who_lead_with_another_category_are_asked(side: Side, wanted: list[str]) -> None:
    base, mine, theirs = ({"categories": codes} for codes in (["a"], ["b", "a"], ["c", "a"]))
    assert merge(base, mine, theirs).open
    assert merge(base, mine, theirs, {("categories",): side}).facts["categories"] == wanted


def test_an_order_one_changed_holds_and_the_others_new_one_finds_its_place() -> None:
    merged = merge(
        {"languages": ["fr", "nl"]}, {"languages": ["nl", "fr"]}, {"languages": ["fr", "ar", "nl"]}
    )
    assert merged.facts == {"languages": ["nl", "fr", "ar"]}


def test_the_later_of_two_confirmations_holds_with_its_name() -> None:
    base = {"verified_on": None, "verified_by": ""}
    earlier = {"verified_on": "2026-11-01", "verified_by": "Zoé"}
    later = {"verified_on": "2026-11-02", "verified_by": "An"}
    for merged in (merge(base, earlier, later), merge(base, later, earlier)):
        assert (merged.facts, merged.conflicts) == (later, ())


def test_a_merged_actor_is_an_actor() -> None:
    base = actor("huis", hours="24/7", contacts=(phone("02 111 11 11"),), version=1)
    mine = base.model_copy(update={"hours": "Mo-Fr 09:00-12:00"})
    theirs = base.model_copy(
        update={"contacts": (*base.contacts, phone("02 222 22 22")), "places": (at(1, 1),)}
    )
    facts = merge(facts_of(base), facts_of(mine), facts_of(theirs)).facts
    found = record_of(Kind.ACTOR, facts)
    assert isinstance(found, Actor)
    assert (found.hours, found.contacts, found.places) == (
        mine.hours,
        theirs.contacts,
        theirs.places,
    )
