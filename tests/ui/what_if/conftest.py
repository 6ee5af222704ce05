"""A street with a pharmacy at its western end, and a desk to try things on."""

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st

from directory.places import Point
from directory.plans import put
from directory.trial import Trial
from geo.coverage import Measure
from tests.ui.gaps.conftest import PEOPLE, at, english, measure, pharmacy
from ui.coverage.measured import Measured
from ui.what_if import screen
from ui.what_if.desk import desk, trial_of

__all__ = ["english", "measure"]


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the widgets of the page hold."""
    held = {
        screen.WHAT: "pharmacy",
        screen.MEASURE: Measure.REACHED_10.value,
        screen.LEVEL: "sector",
    }
    monkeypatch.setattr(st, "session_state", held)
    return held


@pytest.fixture
def street(measure: Callable[..., Measured], session: dict[str, Any]) -> Measured:
    """The street and its people, with nothing tried."""
    del session
    return measure(pharmacy(), PEOPLE)


def spot(x: float) -> Point:
    """A position so many metres along the street."""
    point = at(x).point
    assert point
    return point


def put_at(found: Measured, x: float) -> Trial:
    """Try a pharmacy so many metres along the street."""
    desk().take(put(desk().plan, spot(x), ["pharmacy"]))
    return trial_of(found)
