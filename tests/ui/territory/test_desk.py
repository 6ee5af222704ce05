import base64
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from directory.directory import Directory
from geo.neighbourhood_edits import Draft, Edits
from geo.neighbourhood_merge import Conflict, Side
from geo.neighbourhoods import Neighbourhood
from tests.drawn import code, grid_territory
from ui.language import speaking
from ui.territory import editor
from ui.territory.desk import Desk, hear
from ui.territory.editor import end
from ui.territory.ground import homes

DAY = date(2026, 11, 27)
TERRITORY = grid_territory()
LEFT = Neighbourhood(
    id="left",
    names={"fr": "Gauche"},
    sectors=(code(0, 0), code(0, 1)),
    valid_from=date(2022, 1, 1),
    version=1,
)
RIGHT = replace(LEFT, id="right", names={"fr": "Droite"}, sectors=(code(2, 0), code(2, 1)))


@pytest.fixture
def desk() -> Desk:
    stored = {one.id: one for one in (LEFT, RIGHT)}
    return Desk(
        territory=TERRITORY,
        day=DAY,
        stored=stored,
        revision=1,
        edits=Edits.of(Draft.of(TERRITORY.neighbours, stored, DAY)),
    )


def put(n: int, area: str, *codes: str, act: str = "put") -> dict[str, object]:
    return {"n": n, "act": act, "area": area, "codes": list(codes)}


def test_each_edit_is_done_once_whatever_is_told_again(desk: Desk) -> None:
    first, second = put(1, "left", code(1, 0)), put(2, "left", code(1, 0), act="out")
    hear(desk, {"key": desk.key, "edits": [first]})
    hear(desk, {"key": desk.key, "edits": [first, second]})
    hear(desk, {"key": desk.key, "edits": [first, second]})
    assert desk.seen == 2
    assert desk.now == desk.base
    assert len(desk.edits.steps) == 3


def test_what_is_told_for_another_desk_is_not_heard(desk: Desk) -> None:
    hear(desk, {"key": f"{desk.key} read", "edits": [put(1, "left", code(1, 0))]})
    assert desk.seen == 0


@pytest.mark.parametrize(
    "told",
    [
        None,
        "x",
        [],
        {"edits": 3},
        {"edits": [None, 3, {}, {"n": "1"}, {"n": 1}]},
        {"edits": [{"n": 1, "act": "put", "area": "left", "codes": "abc"}]},
        {"edits": [{"n": 1, "act": "put", "area": "left", "codes": [None, {}, "<b>"]}]},
        {"edits": [{"n": 1, "act": "put", "area": None, "codes": [1]}]},
        {"edits": [{"n": 1, "act": "lived", "area": "left", "ring": [[0, 0], "x"]}]},
        {"edits": [{"n": 1, "act": "lived", "area": "left", "ring": [[0, 0], [1, 1], [2, 0]]}]},
        {"edits": [{"n": 1, "act": "eval", "area": "left"}]},
        {"edits": [{"n": 10**400, "act": "choose", "area": "nobody"}]},
    ],
)
def test_hostile_messages_change_nothing(desk: Desk, told: object) -> None:
    given = {"key": desk.key, **told} if isinstance(told, dict) else told
    hear(desk, given)
    assert desk.now == desk.base


def test_the_browser_is_told_two_bytes_a_sector() -> None:
    found = homes(TERRITORY, Draft.of(TERRITORY.neighbours, {"left": LEFT, "right": RIGHT}, DAY))
    told = np.frombuffer(base64.b64decode(base64.b64encode(found)), "<u2")
    named = dict(zip(TERRITORY.codes, told.tolist(), strict=True))
    assert named[code(0, 0)] == 1
    assert named[code(2, 1)] == 2
    assert named[code(1, 1)] == 0


def test_another_day_keeps_what_was_changed(desk: Desk) -> None:
    desk.edits = desk.edits.do(desk.now.put([code(1, 0)], "left"))
    desk.move_to(date(2030, 1, 1))
    assert desk.now.areas["left"].sectors == {*LEFT.sectors, code(1, 0)}
    assert desk.changed == ["left"]
    desk.move_to(date(2000, 1, 1))
    assert desk.changed == ["left"] or not desk.base.areas


def test_both_are_kept_once_each_conflict_is_decided(desk: Desk) -> None:
    desk.edits = desk.edits.do(desk.now.put([code(1, 0), code(1, 1)], "left"))
    theirs = replace(RIGHT, sectors=(*RIGHT.sectors, code(1, 0)), version=2)
    desk.theirs = Directory(revision=2, neighbourhoods={"left": LEFT, "right": theirs})
    merged = desk.merged()
    assert merged is not None
    conflict = Conflict("sector", code(1, 0))
    assert merged.open == (conflict,)
    desk.decided[conflict] = Side.THEIRS
    desk.settle()
    assert desk.theirs is None
    assert desk.revision == 2
    assert desk.now.areas["left"].sectors == {*LEFT.sectors, code(1, 1)}
    assert desk.now.areas["right"].sectors == set(theirs.sectors)
    assert desk.changed == ["left"]


def test_what_begins_on_the_day_has_no_day_before_to_end_on(desk: Desk) -> None:
    desk.move_to(LEFT.valid_from)
    end(desk, "left")
    assert not desk.changed
    assert desk.problem is not None
    assert "begins on 2022-01-01" in str(desk.problem)
    with speaking("en"):
        told = editor._name_in(desk, desk.problem)
    assert told.startswith("“Gauche” begins on 1 January 2022: it cannot end on 31 December 2021.")
    desk.problem = None
    desk.move_to(LEFT.valid_from + timedelta(days=1))
    end(desk, "left")
    assert desk.problem is None
    assert "left" not in desk.now.areas
    assert desk.changed == ["left"]


def test_what_is_only_made_is_ended_by_leaving_it_out(desk: Desk) -> None:
    desk.edits = desk.edits.do(desk.now.create("new", {"fr": "Neuf"}))
    end(desk, "new")
    assert desk.problem is None
    assert not desk.changed
