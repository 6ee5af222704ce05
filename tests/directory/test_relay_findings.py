"""Findings about relays on nine squares of 100 m, by hand."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.actors import Status
from directory.atlas import Atlas
from directory.directory import Directory
from directory.places import Place, Precision
from directory.relay_findings import About, RelayFindings, relay_findings
from directory.relays import Partner, Relay
from geo.neighbourhoods import Neighbourhood
from tests.drawn import code, grid_territory
from tests.records import DAY, LEFT, PARTNER, RELAY, at

GRID = grid_territory()
CODES = sorted(str(each) for each in GRID.codes)
PEOPLE = {key: 100.0 * (n + 1) for n, key in enumerate(CODES)}


def found(
    *,
    relays: Iterable[Relay] = (RELAY,),
    partners: Iterable[Partner] = (PARTNER,),
    neighbourhoods: Iterable[Neighbourhood] = (LEFT,),
    people: dict[str, float | None] | None = None,
) -> RelayFindings:
    directory = Directory(
        relays={one.id: one for one in relays},
        partners={one.id: one for one in partners},
        neighbourhoods={one.id: one for one in neighbourhoods},
    )
    return relay_findings(Atlas(directory, GRID, DAY), people)


def about(told: RelayFindings, what: About) -> list[tuple[str, str]]:
    """Relay, else neighbourhood, and the sentence in English."""
    return [
        (one.relay_id or one.neighbourhood_id, one.message.format(**one.params))
        for one in told.findings
        if one.about is what
    ]


def placed(place: Place | None) -> Partner:
    return PARTNER.model_copy(update={"place": place})


def relay(key: str, area: str) -> Relay:
    return RELAY.model_copy(update={"id": key, "neighbourhood_id": area})


def area(key: str, *cells: tuple[int, int], **other: object) -> Neighbourhood:
    return replace(LEFT, id=key, sectors=tuple(code(*cell) for cell in cells), **other)


def test_sectors_without_a_relay_by_municipality_with_their_people() -> None:
    told = found(people=PEOPLE)
    assert [(one.municipality, one.sectors, one.of) for one in told.unserved] == [
        ("21001", (code(1, 0), code(2, 0)), 3),
        ("21004", (code(1, 1), code(1, 2), code(2, 1), code(2, 2)), 6),
    ]
    assert [one.people for one in told.unserved] == [200 + 300, 600 + 700 + 800 + 900]
    (served,) = told.served
    assert (served.sectors, served.people, served.known) == (LEFT.sectors, 100 + 400 + 500, 3)
    assert set(told.relays_of_sector) == set(LEFT.sectors)


def test_unknown_people_are_not_zero() -> None:
    told = found(people={**PEOPLE, code(1, 0): None, code(0, 2): None})
    assert [(one.people, one.known) for one in told.unserved] == [(None, 1), (3_000, 4)]
    assert (told.served[0].people, told.served[0].known) == (None, 2)
    nobody_knows = found()
    assert [one.people for one in nobody_knows.unserved] == [None, None]
    assert nobody_knows.served[0].known == 0


def test_rules_are_told_of_each_neighbourhood() -> None:
    corners = area("corners", (1, 0), (2, 1), (2, 2), (1, 2))
    told = about(found(neighbourhoods=[LEFT, corners]), About.RULE)
    assert ("links", "A neighbourhood has 4 to 11 sectors; this one has 3.") in told
    (apart,) = (sentence for key, sentence in told if key == "corners")
    assert code(1, 0) in apart
    assert "not in one piece" in apart


def test_a_neighbourhood_of_two_relays_or_of_none() -> None:
    areas = [LEFT, area("bare", (1, 0), (1, 1))]
    told = found(relays=[RELAY, relay("second", "links")], neighbourhoods=areas)
    assert about(told, About.TWO_RELAYS) == [("links", "2 relays serve it: ('links', 'second').")]
    assert about(told, About.NO_RELAY) == [("bare", "No relay serves it.")]
    assert not about(told, About.SHARED_SECTORS)
    assert told.relays_of_sector[code(0, 0)] == ("links", "second")
    assert code(1, 0) not in told.relays_of_sector


def test_sectors_of_two_relays_are_told_once() -> None:
    areas = [LEFT, area("other", (0, 2), (0, 1), (1, 1))]
    told = found(relays=[RELAY, relay("other", "other")], neighbourhoods=areas)
    ((key, sentence),) = about(told, About.SHARED_SECTORS)
    assert key == "links"
    assert f"{code(0, 1)}, {code(0, 2)} are on more than one relay" in sentence
    assert len(about(told, About.RULE)) == 2, "only their sizes"


@pytest.mark.parametrize(
    ("place", "outside_m"),
    [
        (at(0.5, 0.5), 0),
        (at(1.25, 0.5), 25),
        (at(1.3, 3.4), 50),
        (Place(precision=Precision.SECTOR, area=code(0, 1)), 0),
        (Place(precision=Precision.SECTOR, area=code(2, 1)), None),
        (Place(precision=Precision.NEIGHBOURHOOD, area="links"), 0),
        (Place(precision=Precision.NEIGHBOURHOOD, area="elsewhere"), None),
        (Place(precision=Precision.MUNICIPALITY, area="21004"), None),
        (Place(precision=Precision.ADDRESS), None),
        (None, None),
    ],
)
def test_how_far_a_partner_is_from_the_neighbourhood(
    place: Place | None, outside_m: float | None
) -> None:
    """(1.3, 3.4) is 30 m east and 40 m north of the corner (1, 3)."""
    told = found(partners=[placed(place)])
    expected = None if outside_m is None else pytest.approx(outside_m, abs=0.01)
    assert told.served[0].outside_m == expected
    outside, unknown = about(told, About.PARTNER_OUTSIDE), about(told, About.PARTNER_UNKNOWN)
    assert bool(outside) == bool(outside_m)
    assert bool(unknown) == (outside_m is None)
    if outside:
        assert outside[0][1].endswith(f"is {outside_m} m outside its neighbourhood.")


def test_only_what_is_published_on_the_day_counts() -> None:
    ended = replace(LEFT, valid_to=date(2026, 1, 1))
    told = found(neighbourhoods=[ended])
    assert about(told, About.NO_NEIGHBOURHOOD)[0][0] == "links"
    assert not about(told, About.PARTNER_UNKNOWN)
    assert sum(len(one.sectors) for one in told.unserved) == 9
    hidden = found(relays=[RELAY.model_copy(update={"status": Status.DRAFT})])
    assert not hidden.served
    assert about(hidden, About.NO_RELAY) == [("links", "No relay serves it.")]
    gone = found(partners=[PARTNER.model_copy(update={"status": Status.ARCHIVED})])
    assert about(gone, About.PARTNER_UNKNOWN)[0][0] == "links"


@given(st.sets(st.sampled_from(CODES)), st.sets(st.sampled_from(CODES)))
def test_every_sector_is_served_or_told_as_unserved(one: set[str], other: set[str]) -> None:
    areas = [replace(LEFT, sectors=tuple(one)), replace(LEFT, id="other", sectors=tuple(other))]
    told = found(relays=[RELAY, relay("other", "other")], neighbourhoods=areas, people=PEOPLE)
    without = [key for town in told.unserved for key in town.sectors]
    assert sorted([*without, *told.relays_of_sector]) == CODES
    people = sum(town.people or 0 for town in told.unserved)
    assert people + sum(PEOPLE[key] for key in told.relays_of_sector) == sum(PEOPLE.values())
