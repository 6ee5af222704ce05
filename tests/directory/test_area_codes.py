import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import indicators
from directory.area_codes import AreaCodes, Found, State
from geo import sectors
from geo.levels import Level
from tests.drawn import code, grid_territory

CODES = AreaCodes(
    Level.SECTOR,
    ["21004A15-", "21004A011", "21015A421", "21015A422"],
    municipalities=["21004", "21015"],
)
DISTRICTS = AreaCodes(
    Level.DISTRICT,
    ["7", "22", "107", "700"],
    names={
        "7": ("Marolles", "Marollen"),
        "22": ("Quartier Brabant", "Brabantwijk"),
        "107": ("Université", "Universiteitswijk"),
        "700": ("Marolles", "Zwijn"),
    },
)


@pytest.mark.parametrize(
    "text",
    [
        "21004A15-",
        "21004A15",
        "21004a15-",
        " 21004 A15- ",
        "21004-A15",
        "'21004A15-",
        "21004A15\u2013",
    ],
)
def test_a_sector_is_found_however_it_is_written(text: str) -> None:
    assert CODES.find(text) == Found(State.OURS, "21004A15-")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("21004A99-", State.STRANGE),
        ("21015A42", State.STRANGE),
        ("rue Haute", State.STRANGE),
        ("11002A00-", State.ELSEWHERE),
        ("21004ZZZZ", State.UNPLACED),
        ("11002ZZZZ", State.ELSEWHERE),
        ("21004", State.TOTAL),
        ("Total général", State.TOTAL),
        ("Totaal", State.TOTAL),
        ("Belgique", State.TOTAL),
        ("2.1004E+14", State.DAMAGED),
        ("2,1004E+14", State.DAMAGED),
        ("210040000000000", State.DAMAGED),
        ("  ", State.NONE),
    ],
)
def test_what_is_none_of_ours_is_told_apart(text: str, state: State) -> None:
    assert CODES.find(text) == Found(state)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("7", "7"), ("07", "7"), ("7.0", "7"), ("700", "700"), ("Marollen", "7")),
        *(("quartier brabant", "22"), ("Brabant", "22"), ("BRABANTWIJK", "22")),
        *(("UNIVERSITE", "107"), ("Universite - Universiteitswijk", "107"), ("wijk Marollen", "7")),
        *(("Marolles", ""), ("999", ""), ("1", "")),
    ],
)
def test_districts_by_number_and_by_name(text: str, found: str) -> None:
    assert DISTRICTS.find(text).code == found


def test_a_territory_tells_its_codes() -> None:
    territory = grid_territory()
    codes = AreaCodes.of(territory, Level.SECTOR)
    assert codes.find(code(1, 1)[:-1]).code == code(1, 1)
    assert codes.find("21004A99-").state is State.STRANGE
    assert codes.find("21005A99-").state is State.ELSEWHERE
    assert AreaCodes.of(territory, Level.DISTRICT).find("links").code == "7"


@given(st.text(max_size=30))
def test_every_text_is_something(text: str) -> None:
    for codes in (CODES, DISTRICTS):
        found = codes.find(text)
        assert (found.state is State.OURS) == bool(found.code)


@pytest.mark.parametrize(("level", "most"), [(Level.SECTOR, 724), (Level.DISTRICT, 145)])
def test_no_code_of_the_register_is_mistaken_for_another(level: Level, most: int) -> None:
    register = pd.read_csv("data/sectors/register.csv", dtype=str, keep_default_na=False)
    column = "code" if level is Level.SECTOR else "district"
    known = {each for each in register[column] if each}
    codes = AreaCodes(level, known, municipalities=set(register["refnis"]))
    assert len(known) <= most
    assert all(codes.find(each) == Found(State.OURS, each) for each in known)
    if level is Level.SECTOR:
        cut = {each: codes.find(each.removesuffix("-")) for each in known}
        assert all(found.code in ("", each) for each, found in cut.items())


def test_a_sector_code_is_that_of_the_territory() -> None:
    assert indicators.SECTOR.pattern == sectors.CODE.pattern
