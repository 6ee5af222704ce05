from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pypdf
import pytest

from directory.nearby import Wish
from tests.ui.nearby.conftest import degrees
from ui.nearby import results, walks
from ui.nearby.ground import Ground
from ui.nearby.origin import Origin
from ui.nearby.sheet import Asked, write
from ui.nearby.taking import find, link

AT = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Brussels"))
HERE = Origin(lon=degrees(0.1, 1.5)[0], lat=degrees(0.1, 1.5)[1], label="Rue Haute 1")


@pytest.fixture
def asked(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Asked:
    monkeypatch.setattr(walks.st, "session_state", {})
    walk = walks.walk(ground, HERE, step_free=False)
    told = results.lines(ground, find(ground, walk, Wish(), AT))
    return Asked(
        ground=ground,
        walk=walk,
        lines=tuple(told),
        relay=ground.relays.find(HERE.lon, HERE.lat),
        at=AT,
        languages=("en", "nl"),
        one_map=False,
        address=link("http://localhost/near#x", "en", [line.actor.id for line in told]),
    )


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)


def test_the_sheet_tells_minutes_streets_phones_and_the_relay_in_two_languages(
    asked: Asked,
) -> None:
    told = " ".join(text_of(write(asked)).split())
    for expected in ("1 minute on foot", "+32 2 511 00 00", "Rue Basse", "Relais Les Gauches"):
        assert expected in told
    assert "Apotheken" in told


def test_neither_the_sheet_nor_its_link_tells_where_the_person_is(asked: Asked) -> None:
    content = write(asked)
    assert "Rue Haute 1" not in text_of(content)
    assert f"{HERE.lon:.3f}" not in asked.address
    assert asked.address == ("http://localhost/near?lang=en&take=near&take=maison&take=far&mine=1")


def test_a_walk_is_kept_for_the_session_until_one_stands_elsewhere(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walks.st, "session_state", {})
    walk = walks.walk(ground, HERE, step_free=False)
    assert walks.walk(ground, HERE, step_free=False) is walk
    assert walks.walk(ground, HERE, step_free=True) is not walk
    walks.forget()
    assert walks.walk(ground, HERE, step_free=False) is not walk


def test_minutes_count_along_the_street_and_the_areas_are_nested(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walks.st, "session_state", {})
    walk = walks.walk(ground, HERE, step_free=False)
    near = next(one for one in find(ground, walk, Wish(), AT) if one.id == "near")
    assert near.metres == pytest.approx(70, abs=0.5)
    assert [one["minutes"] for one in walk.areas_at(results.Pace.USUAL)] == [5, 10, 15]
    way = walk.way(near)
    assert way is not None
    assert way.length_m == pytest.approx(70, abs=0.5)


def test_the_chosen_answer_tells_the_streets_of_its_way(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walks.st, "session_state", {})
    walk = walks.walk(ground, HERE, step_free=False)
    told = results.lines(ground, find(ground, walk, Wish(), AT))
    far = next(line for line in told if line.actor.id == "far")
    described = results.items(ground, told, AT, results.Pace.USUAL)
    results.tell_way(described, far, walk.way(far.found))
    assert described[far.number - 1]["facts"][0] == "By Rue Haute → Rue Basse"


def test_a_door_without_address_is_told_by_the_street_of_the_map(ground: Ground) -> None:
    told = results.lines(ground, find(ground, None, Wish(ids=("near",)), AT))
    assert results.where(ground, told[0]) == "Rue Haute (as the map shows it)"
