"""What is taken along of what is tried: the numbers and the words of the page."""

from typing import Any

import numpy as np
import pytest

from directory.plans import close
from exchange.planning.described import Cell, Described, Table
from geo.coverage import Measure
from layers.layer import Scene
from layers.palette import palette
from tests.layers.test_layers import NOON
from tests.ui.what_if.conftest import put_at
from ui.coverage.measured import Measured
from ui.what_if import screen
from ui.what_if.describing import described
from ui.what_if.desk import desk, trial_of
from ui.what_if.outcome import outcome_of


def taken(found: Measured) -> Described:
    """Describe what is tried."""
    trial = trial_of(found)
    scene = Scene(atlas=found.atlas, language="en", translate=str, at=NOON, palette=palette())
    outcome = outcome_of(trial.what_if, found.place("pharmacy"))
    return described(scene, found, trial, None, outcome)


def rows(told: Described) -> list[dict[str, Cell]]:
    """Return the areas that change, by the id of each column."""
    (areas,) = (one for one in told.parts if isinstance(one, Table) and one.id == "areas")
    ids = [column.id for column in areas.columns]
    return [dict(zip(ids, row, strict=True)) for row in areas.rows]


def test_supply_is_taken_along_for_a_thousand_people(
    street: Measured, session: dict[str, Any]
) -> None:
    session[screen.MEASURE] = Measure.TWO_STEP.value
    values = street.coverage.cells[Measure.TWO_STEP].value[street.place("pharmacy")]
    codes = list(street.coverage.demand.codes)
    put_at(street, 1_300)
    told = rows(taken(street))
    assert told
    for row in told:
        assert row["before"] == pytest.approx(1_000 * values[codes.index(row["code"])])
        assert row["difference"] == pytest.approx(row["after"] - row["before"])
    assert max(np.abs(row["after"]) for row in told) > 1


def test_who_is_newly_served_is_told_as_on_the_page(
    street: Measured, session: dict[str, Any]
) -> None:
    session[screen.MEASURE] = Measure.NEAREST_MIN.value
    put_at(street, 2_100)
    new = [row for row in rows(taken(street)) if row["before"] == np.inf]
    assert new
    assert {row["difference"] for row in new} == {"now within 15 min"}
    standing = trial_of(street).standing
    desk().take(close((), next(iter(standing)), standing))
    lost = [row for row in rows(taken(street)) if row["after"] == np.inf]
    assert lost
    assert {row["difference"] for row in lost} == {"now beyond 15 min"}


def test_outlines_people_places_and_streets_are_credited(street: Measured) -> None:
    given = [(one.name, one.gave) for one in taken(street).credits]
    ground = street.atlas.territory.source
    assert given == [
        (ground, "the outlines"),
        ("drawn by hand", "people by sector"),
        ("drawn by hand", "places"),
        ("OpenStreetMap", "the streets"),
    ]
