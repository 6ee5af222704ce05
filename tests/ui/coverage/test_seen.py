"""Answers of a day and of two, what leaves of them, and the people the browser fetches."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from directory.atlas import Atlas
from geo.coverage import Measure
from geo.levels import Level
from layers.layer import Scene
from layers.palette import palette
from tests.drawn import code
from tests.records import DAY, LEFT, actor, at
from tests.ui.coverage.test_measured import Present, atlas, people
from ui import state
from ui.coverage import drawn, inhabitants, leaving, measured, why
from ui.coverage.asking import Asked
from ui.coverage.classing import Scheme
from ui.coverage.packing import pack_classes
from ui.coverage.scales import UNKNOWN
from ui.coverage.seen import look
from ui.language import speaking

PEOPLE = people(2020, {code(c, r): 10 * (c + 1) for c in range(3) for r in range(3)})


def asked(measure: Measure = Measure.INSIDE, **given: object) -> Asked:
    known = {
        "what": "pharmacy",
        "level": Level.SECTOR,
        "verified_only": False,
        "day": None,
        "beside": None,
        "scheme": Scheme.OWN,
        "classes": 5,
        "limits": "",
        "weights": "slow",
    }
    return Asked(measure=measure, **(known | given))


pytestmark = pytest.mark.usefixtures("present")


@pytest.fixture
def present(monkeypatch: pytest.MonkeyPatch) -> Present:
    found = Present(monkeypatch)
    found.put(atlas(PEOPLE, a=actor("a", places=(at(0.5, 1.5),))))
    return found


def scene(found: Atlas) -> Scene:
    return Scene(
        atlas=found,
        language="fr",
        translate=str,
        at=datetime(2026, 11, 23, tzinfo=UTC),
        palette=palette(),
    )


def test_two_days_share_their_classes_and_tell_the_difference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    past = replace(atlas(PEOPLE), day=date(2026, 3, 1))
    monkeypatch.setattr(state, "past_atlas", lambda _: past)
    seen = look(asked(beside=past.day))
    assert seen is not None
    assert seen.then is not None
    assert seen.change is not None
    changed = dict(zip(seen.now.ids, seen.change, strict=True))
    assert changed[code(0, 1)] == 1
    assert sum(changed.values()) == 1
    place = seen.now.ids.index(code(0, 1))
    assert (seen.then.shades[place], seen.now.shades[place]) == (3, 2)


def test_a_day_without_neighbourhoods_stands_beside_one_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    past = atlas(PEOPLE, day=LEFT.valid_from - timedelta(days=1))
    monkeypatch.setattr(state, "past_atlas", lambda _: past)
    mounted: list[dict[str, object]] = []
    monkeypatch.setattr(drawn, "mount", lambda *given, **_: mounted.append(given[3]))
    seen = look(asked(level=Level.NEIGHBOURHOOD, beside=past.day))
    assert seen is not None
    assert seen.then is not None
    assert (seen.now.ids, seen.then.ids) == (("links",), ())
    with speaking("fr"):
        drawn.show_areas(scene(seen.now.found.atlas), seen, "Pharmacies")
    (spec,) = mounted
    now, then = spec["now"], spec["then"]
    assert then["values"] != now["values"]
    assert then["shades"] == pack_classes(np.array([UNKNOWN], dtype=np.uint8))


def test_wrong_limits_are_told_and_ours_stay() -> None:
    seen = look(asked(scheme=Scheme.TYPED, limits="x"))
    assert seen is not None
    assert seen.wrong is not None
    assert seen.scale.limits == (3, 2, 1)


def test_the_middle_of_the_people_walks_as_long_as_the_table_says() -> None:
    seen = look(asked(Measure.NEAREST_MIN))
    assert seen is not None
    for key, metres in ((code(0, 1), 0), (code(1, 1), 100), (code(2, 1), 200)):
        reasons = why.reasons(seen, key)
        assert [near.actor for near in reasons.near] == ["a"]
        assert reasons.near[0].metres == pytest.approx(metres, abs=1)
        assert seen.now.values[reasons.place] * 80 == pytest.approx(metres, abs=1)


def test_what_leaves_says_why_and_keeps_the_unknown() -> None:
    seen = look(asked(Measure.NEAREST_MIN))
    assert seen is not None
    with speaking("fr"):
        told = leaving.describe(scene(seen.now.found.atlas), seen, "Pharmacies")
    lacking, shaded, every = told.parts
    walked = [row[4] for row in lacking.rows]
    assert walked == sorted(walked, reverse=True)
    assert [row[5] for row in lacking.rows] == ["a"] * len(walked)
    assert len(every.rows) == len(shaded.ids) == 9
    value = [column.id for column in every.columns].index("value")
    known = [row[0] for row in every.rows if row[value] is not None]
    assert known == [key for key, ok in zip(seen.now.ids, seen.now.known, strict=True) if ok]
    assert max(shaded.classes) < len(shaded.key)


@pytest.mark.parametrize("level", list(Level))
def test_people_come_in_the_order_of_the_areas(level: Level) -> None:
    found = measured.measured(verified_only=False)
    assert found is not None
    told = json.loads(inhabitants.as_json(scene(found.atlas), level))
    assert told["people"] == found.areas(level).people.tolist()
    assert told["version"] == inhabitants.version(scene(found.atlas))
    if level is not Level.REGION:
        drawn = found.atlas.territory.level(level, found.atlas.neighbourhoods.values())
        assert list(drawn.index) == list(found.areas(level).ids)


def test_people_nobody_knows_are_none() -> None:
    told = json.loads(inhabitants.as_json(scene(atlas(day=DAY)), Level.MUNICIPALITY))
    assert told["people"] == [None, None]
    assert np.isnan(np.array(told["people"], dtype=float)).all()
