from contextlib import suppress
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.directory import Directory
from directory.hygiene import _HIDDEN
from directory.proposals.making import LONGEST, checked, read_draft, sameness, weigh
from geo.errors import BadInputError
from tests.proposed import new_place

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda parts: (
        st.lists(parts, max_size=4) | st.dictionaries(st.text(max_size=10), parts, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = st.sampled_from(["kind", "target", "facts", "note", "name", "language", "place", "other"])


@given(st.text(max_size=200), st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_what_is_kept_hides_nothing(name: str, by: str) -> None:
    try:
        draft = checked(new_place(name, name=by, note=name), Directory(), proposal_id="0123456789")
    except (BadInputError, ValueError):
        return
    texts = [*draft.facts["names"].values(), draft.name, draft.note, draft.facts["id"]]
    for text in texts:
        assert not _HIDDEN.search(text)
        assert text == text.strip()


@given(st.dictionaries(FIELDS, JSON, max_size=6))
@settings(max_examples=200, deadline=None)
def test_whatever_is_sent_is_a_draft_or_a_sentence(sent: dict[str, Any]) -> None:
    with suppress(BadInputError):
        draft = read_draft({"kind": "add", **sent})
        checked(draft, Directory(), proposal_id="0123456789")


def test_eight_megabytes_are_refused_before_they_are_read() -> None:
    start = perf_counter()
    for huge in ("x" * 8_000_000, {"x" * 8_000_000: 1}, ["x"] * 1_000_000):
        with pytest.raises(BadInputError, match=str(LONGEST)):
            read_draft({"kind": "add", "facts": {"names": {"nl": huge}}})
    assert perf_counter() - start < 2


def test_what_is_nested_without_end_is_refused() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(BadInputError):
        weigh(deep)
    while isinstance(deep, list):  # taken apart here: dropped at once it nests too deep for C
        deep = deep[0]


def test_the_same_is_the_same_but_for_case_accents_and_who_says_so() -> None:
    one = new_place("Épicerie  sociale", name="a", note="b")
    assert sameness(one) == sameness(new_place("epicerie SOCIALE"))
    assert sameness(one) != sameness(new_place("Épicerie"))
