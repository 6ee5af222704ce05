"""A proposal is of the category, the directory and the plan it was asked for."""

from typing import Any

import pytest

from directory.plans import put
from geo.coverage.sites import Aim
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
