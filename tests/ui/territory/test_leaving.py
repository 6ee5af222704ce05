"""What leaves of two dates: the second date's sets, with their rules and their reasons."""

from datetime import date

import pytest
import streamlit as st

from exchange.planning.described import Table
from geo.neighbourhood_edits import Draft, Edits
from geo.neighbourhoods import Neighbourhood
from tests.drawn import code, grid_territory
from tests.ui.coverage.test_measured import atlas
from tests.ui.coverage.test_seen import scene
from ui import state
from ui.language import speaking
from ui.territory import dates
from ui.territory.desk import Desk
from ui.territory.leaving import described

TERRITORY = grid_territory()
TODAY, LATER = date(2026, 11, 27), date(2030, 1, 1)
FOUR = (code(0, 0), code(0, 1), code(0, 2), code(1, 0))


def test_rules_and_reasons_are_those_of_the_second_date(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = Neighbourhood(
        id="left", names={"fr": "Gauche"}, sectors=FOUR, valid_from=date(2022, 1, 1), version=1
    )
    stored = {"left": begun.from_day(LATER, FOUR[:2], reason="A bridge closes.")}
    desk = Desk(
        territory=TERRITORY,
        day=TODAY,
        stored=stored,
        revision=1,
        edits=Edits.of(Draft.of(TERRITORY.neighbours, stored, TODAY)),
    )
    found = atlas()
    monkeypatch.setattr(state, "atlas", lambda: found)
    asked = {dates.FROM: TODAY.isoformat(), dates.TO: LATER.isoformat()}
    monkeypatch.setattr(st, "session_state", asked)
    told = {}
    with speaking("en"):
        for view in ("dates", "edit"):
            parts = described(scene(found), desk, view).parts
            (told[view],) = (
                one for one in parts if isinstance(one, Table) and one.id == "neighbourhoods"
            )
    ids = [column.id for column in told["dates"].columns]
    row = dict(zip(ids, told["dates"].rows[0], strict=True))
    assert row["sectors"] == 2
    assert row["advice"] == "A neighbourhood has 4 to 11 sectors; this one has 2."
    assert row["reason"] == "A bridge closes."
    assert dict(zip(ids, told["edit"].rows[0], strict=True))["reason"] == ""
