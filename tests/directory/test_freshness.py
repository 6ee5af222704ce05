"""How fresh a record is, worked out by hand and for any day."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import freshness as module
from directory.categories import CATEGORIES, GROUPS
from directory.due_list import due
from directory.freshness import PERIODS, Periods, State, freshness, months_later
from directory.nearby import Wish, answer, doors
from directory.selection import Query, select
from geo.errors import BadInputError
from geo.walking import Walked
from tests.records import actor, at, atlas

DAY = date(2026, 11, 27)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
TABLE = tomllib.loads(Path(module.__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def test_the_table_names_every_category_and_group() -> None:
    assert set(TABLE["category"]) == set(CATEGORIES)
    assert set(TABLE["group"]) == set(GROUPS)
    assert PERIODS.months(("pharmacy",)) == 12
    assert PERIODS.months(("social-grocery",)) == 3
    assert PERIODS.months(("pharmacy", "social-grocery")) == 3


def test_a_category_the_table_does_not_name_has_the_period_of_its_group() -> None:
    less = {key: months for key, months in TABLE["category"].items() if key != "tenants-union"}
    assert Periods.model_validate({**TABLE, "category": less}).months(("tenants-union",)) == 6


@pytest.mark.parametrize(
    "wrong",
    [
        {"category": {"bakery": 3}},
        {"category": {"pharmacy": 0}},
        {"group": {"care": 12}},
        {"stale_after": 1},
    ],
)
def test_a_wrong_table_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises((BadInputError, ValueError)):
        Periods.model_validate({**TABLE, **wrong})


@pytest.mark.parametrize(
    ("verified", "state"),
    [
        (None, State.NEVER),
        (date(2026, 11, 28), State.NEVER),
        (DAY, State.FRESH),
        (date(2026, 8, 28), State.FRESH),
        (date(2026, 8, 27), State.DUE),
        (date(2026, 5, 28), State.DUE),
        (date(2026, 5, 27), State.STALE),
        (date.min, State.STALE),
    ],
)
def test_food_aid_is_due_after_three_months_and_stale_after_six(
    verified: date | None, state: State
) -> None:
    grocery = actor("a", categories=("social-grocery",), verified_on=verified)
    assert freshness(grocery, DAY).state is state


@given(verified=DAYS, day=DAYS, category=st.sampled_from(sorted(CATEGORIES)))
def test_a_record_only_ages(verified: date, day: date, category: str) -> None:
    order = [State.NEVER, State.FRESH, State.DUE, State.STALE]
    found = actor("a", categories=(category,), verified_on=verified)
    now, later = freshness(found, day), freshness(found, day + timedelta(days=1))
    assert order.index(now.state) <= order.index(later.state)
    assert (now.state is State.NEVER) == (day < verified)
    if now.due_on and now.stale_on:
        assert verified < now.due_on < now.stale_on
        assert now.due is (day >= now.due_on)


@given(day=DAYS, months=st.integers(1, 240))
def test_months_later_is_that_many_months_later(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_the_due_list_is_of_its_neighbourhoods_and_in_order() -> None:
    old, older = date(2025, 10, 27), date(2025, 9, 27)
    there = atlas(
        actor("pharmacy", verified_on=older),  # two months over twelve
        actor("grocery", categories=("social-grocery",), verified_on=date(2026, 7, 27)),
        actor("fresh", verified_on=DAY),
        actor("never"),
        actor("never-grocery", categories=("social-grocery",)),
        actor("elsewhere", places=(at(2.5, 0.5),), verified_on=old),
        actor("both", places=(at(2.5, 0.5), at(0.5, 0.5)), verified_on=old),
        actor("nowhere", places=(), verified_on=old),
        actor("hidden", status="archived", verified_on=old),
    )
    assert [one.id for one in due(there, {"links"}, DAY)] == ["grocery", "pharmacy", "both"]
    assert {one.id for one in due(there, None, DAY)} == {
        *("grocery", "pharmacy", "both", "elsewhere", "nowhere"),
    }
    assert [one.id for one in due(there, {"links"}, DAY, never=True)] == ["never-grocery", "never"]
    assert due(there, (), DAY) == ()
    first = due(there, {"links"}, DAY)[0]
    assert first.overdue_days == 31
    assert first.urgency == pytest.approx(31 / 92)


def test_what_is_stale_leaves_search_and_list_but_not_the_directory() -> None:
    there = atlas(
        actor("due", verified_on=date(2025, 11, 1)),
        actor("stale", verified_on=date(2024, 11, 1)),
        actor("never"),
    )
    at_noon = datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert set(select(there, Query(), at_noon).ids) == {"due", "never"}
    assert {key for key, _ in there.index.find("pharmacy")} == {"due", "never"}
    assert select(there, Query(text="stale"), at_noon).ids == ()
    assert set(there.actors) == {"due", "stale", "never"}
    assert there.actors_by_name("fr") == ["due", "never"]
    reached = doors(there)
    far = Walked(metres=np.zeros(len(reached.ids)), estimated=np.zeros(len(reached.ids), bool))
    near = answer(there, reached, far, Wish(categories=("pharmacy",)), at_noon)
    assert {one.id for one in near} == {"due", "never"}
