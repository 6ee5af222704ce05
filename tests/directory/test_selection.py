"""What a person asked to see, and which actors answer it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from directory.actors import Wheelchair
from directory.selection import Query, select
from tests.records import actor, at, atlas

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Brussels"))  # a Monday
ATLAS = atlas(
    actor("a", hours="Mo 09:00-17:00", languages=("fr", "ar"), wheelchair=Wheelchair.YES),
    actor("b", categories=("library",), places=(at(2.5, 2.5),), hours="Tu 09:00-17:00"),
    actor("c", categories=("medical-house", "pharmacy"), wheelchair=Wheelchair.LIMITED),
)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (Query(), "abc"),
        (Query(groups=("care",)), "c"),
        (Query(groups=("care", "culture")), "bc"),
        (Query(categories=("pharmacy",)), "ac"),
        (Query(neighbourhoods=("links",)), "ac"),
        (Query(municipalities=("21004",)), "b"),
        (Query(languages=("ar",)), "a"),
        (Query(step_free=True), "a"),
        (Query(open_only=True), "a"),
        (Query(categories=("pharmacy",), open_only=True, step_free=True), "a"),
        (Query(categories=("library",), neighbourhoods=("links",)), ""),
    ],
)
def test_every_filter_narrows(query: Query, ids: str):
    assert select(ATLAS, query, NOON).ids == tuple(ids)


def test_hours_unknown_are_neither_open_nor_closed():
    found = select(ATLAS, Query(), NOON)
    assert found.states.tolist() == [1, 0, -1]


def test_words_rank_and_filters_still_hold():
    found = select(ATLAS, Query(text="pharmacie", groups=("care",)), NOON)
    assert (found.ids, found.ranked) == (("c",), True)
    assert not select(ATLAS, Query(text="   "), NOON).ranked


def test_states_follow_the_ids_that_are_left():
    found = select(ATLAS, Query(text="bibliothèque", open_only=True), NOON)
    assert (found.ids, len(found.states)) == ((), 0)
