"""A proposal is of the category, the directory and the plan it was asked for."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from directory.plans import put
from geo.coverage import Measure, State
from geo.coverage.sites import Aim
from tests.ui.gaps.conftest import PEOPLE, indicator, pharmacy
from tests.ui.what_if.conftest import put_at, spot
from ui.coverage.measured import Measured
from ui.what_if import asking, proposing, screen
from ui.what_if.desk import desk


@pytest.fixture
def asked(street: Measured, session: dict[str, Any]) -> asking.Asked:
    """One place asked for, for as many people as can be within 10 minutes."""
    session |= {
        asking.COUNT: 1,
        asking.AIM: Aim.COVER_10,
        asking.AMONG: asking.CROSSINGS,
        asking.WITHIN: asking.EVERYWHERE,
        asking.WEIGHT: asking.EQUAL,
    }
    return asking.asked(street)


def test_a_proposal_is_put_as_what_it_was_asked_for(
    asked: asking.Asked, session: dict[str, Any]
) -> None:
    answer = asked.run(lambda: False)
    session[screen.WHAT] = "hospital"
    proposing.take(asked, answer)()
    assert [step.categories for step in desk().plan] == [("pharmacy",)]


def test_a_search_ends_with_its_question(
    asked: asking.Asked,
    street: Measured,
    session: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(proposing, "ask_proposal", lambda _: None)
    search = proposing.Search(asked)
    search.done.set()
    session[proposing._SEARCH] = search
    proposing.show_proposing(street)
    assert session[proposing._SEARCH] is search
    put_at(street, 2_100)
    proposing.show_proposing(street)
    assert proposing._SEARCH not in session
    assert search.stop.is_set()


def test_a_question_holds_for_its_category_and_its_plan(
    asked: asking.Asked, street: Measured, session: dict[str, Any]
) -> None:
    assert asked.holds(street)
    desk().take(put((), spot(2_100), ["pharmacy"]))
    assert not asked.holds(street)
    desk().undo()
    assert asked.holds(street)
    session[screen.WHAT] = "hospital"
    assert not asked.holds(street)


def test_where_it_is_not_known_is_judged_by_what_is_made_best(
    street: Measured, session: dict[str, Any], asked: asking.Asked
) -> None:
    row, cells = street.place("pharmacy"), street.coverage.cells
    cells[Measure.REACHED_10].state[row, 2] = State.NO_NETWORK
    cells[Measure.REACHED_15].state[row, 3] = State.NO_NETWORK
    cells[Measure.NEAREST_MIN].state[row, 4] = State.NO_NETWORK
    del asked
    nobody = {6}  # where nobody lives no measure is known
    for aim, sector in ((Aim.COVER_10, 2), (Aim.COVER_15, 3), (Aim.SHORTEST, 4)):
        session[asking.AIM] = aim
        assert set(np.flatnonzero(asking.asked(street).people == 0)) == {sector} | nobody


def test_people_are_those_of_the_day_also_where_they_are_shared_out(
    measure: Callable[..., Measured], session: dict[str, Any]
) -> None:
    later = PEOPLE.model_copy(update={"id": "population-2099", "year": 2099})
    others = indicator("old", [1.0] * 8)
    newer = others.model_copy(update={"id": "old-2099", "year": 2099})
    district = indicator("population", [400], level="district").model_copy(
        update={"id": "population-2025", "year": 2025}
    )
    found = measure(pharmacy(), PEOPLE, later, others, newer, district)
    assert [one.id for one in asking._counts(found).values()] == ["population-2025", "old-2024"]
    session[asking.WEIGHT] = "population"
    assert asking.weights_of(found)[:2].tolist() == [200, 200]
