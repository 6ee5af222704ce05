"""The planner's part of the relays, said in words."""

from dataclasses import replace

import pytest

from directory.relay_findings import RelayFindings, relay_findings
from exchange.planning.described import ShadedMap, Table
from layers.layer import Scene
from layers.palette import palette
from tests.drawn import code
from tests.layers.test_layers import NOON
from tests.records import LEFT, PARTNER, at, atlas
from ui.language import speaking
from ui.relay_findings import classes, groups, partner_told, people_told, summary
from ui.relay_findings_taken import describe

ATLAS = atlas()
PEOPLE = {str(key): 10.0 for key in ATLAS.territory.codes}


@pytest.fixture(autouse=True)
def english() -> object:
    with speaking("en"):
        yield


def found(people: dict[str, float | None] | None = None) -> RelayFindings:
    return relay_findings(ATLAS, people)


def test_how_many_have_no_relay() -> None:
    assert summary(ATLAS, found(PEOPLE)) == [
        "6 of the 9 sectors have no relay.", "60 people live there."
    ]  # fmt: skip
    assert summary(ATLAS, found())[1] == "How many people live there is not known yet."
    some = found({**PEOPLE, code(2, 2): None})
    assert summary(ATLAS, some)[1].startswith("How many people live there is known of 5 of")


def test_people_who_are_not_known_are_no_number() -> None:
    assert people_told(1_234.0, 3, 3) == "1.234"
    assert people_told(None, 2, 3) == "unknown (known of 2 of 3 sectors)"
    assert people_told(None, 0, 3) == "unknown"
    (served,) = found(PEOPLE).served
    told = {None: "place not known", 0.0: "in the neighbourhood", 1_200.4: "1.200 m outside"}
    for metres, words in told.items():
        assert partner_told(replace(served, outside_m=metres)) == words


def test_findings_are_told_by_what_they_are_about() -> None:
    rule, partner = groups(ATLAS, found())
    assert rule["lines"] == [
        {
            "name": "Les Gauches",
            "text": "A neighbourhood has 4 to 11 sectors; this one has 3.",
        }
    ]
    assert (partner["count"], partner["names"]) == ("1", "Relais Les Gauches")
    away = replace(
        ATLAS.directory,
        partners={PARTNER.id: PARTNER.model_copy(update={"place": at(1.25, 0.5)})},
    )
    moved = replace(ATLAS, directory=away)
    ((line,),) = (
        group["lines"]
        for group in groups(moved, relay_findings(moved))
        if group["title"].startswith("Partners outside")
    )
    assert line["text"] == "Its partner Huis is 25 m outside its neighbourhood."


def test_what_is_taken_along() -> None:
    scene = Scene(atlas=ATLAS, language="en", translate=str, at=NOON, palette=palette())
    told = describe(scene, found(PEOPLE))
    for part in told.parts:
        if isinstance(part, Table):
            assert all(len(row) == len(part.columns) for row in part.rows)
    (drawn,) = (part for part in told.parts if isinstance(part, ShadedMap))
    assert drawn.classes == tuple(classes(ATLAS, found()))
    assert [line.areas for line in drawn.key] == [6, 3, 0]
    assert dict(zip(drawn.ids, drawn.classes, strict=True))[LEFT.sectors[0]] == 1
