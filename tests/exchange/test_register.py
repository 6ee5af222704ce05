import csv
from datetime import date
from pathlib import Path

import pytest

from exchange.register import (
    read_neighbourhoods,
    read_partners_of,
    read_register,
    register_from,
    write_register,
)
from exchange.statbel import schematic_territory
from geo.errors import BadInputError
from geo.neighbourhoods import broken_rules
from geo.register import COLUMNS

SECTORS = Path(__file__).parents[2] / "data" / "sectors"
REGISTER = SECTORS / "register.csv"
NEIGHBOURHOODS = SECTORS / "neighbourhoods.csv"


def test_the_register_has_724_sectors_and_no_outline() -> None:
    register = read_register(REGISTER)
    assert len(register) == 724
    with REGISTER.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == list(COLUMNS)
    assert max(len(cell) for row in rows for cell in row) < 60


def test_the_register_is_written_as_it_was_read(tmp_path: Path) -> None:
    register = read_register(REGISTER)
    write_register(tmp_path / "register.csv", register)
    assert read_register(tmp_path / "register.csv").equals(register)
    assert [file.name for file in tmp_path.iterdir()] == ["register.csv"]


@pytest.mark.official
def test_the_register_is_what_the_official_files_say(official_data: Path, tmp_path: Path) -> None:
    write_register(tmp_path / "register.csv", register_from(official_data))
    assert (tmp_path / "register.csv").read_bytes() == REGISTER.read_bytes()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"code\n1", b'a,b\n"x'])
def test_a_broken_register_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "register.csv"
    broken.write_bytes(content)
    with pytest.raises(BadInputError, match=r"cannot be read|lacks the columns"):
        read_register(broken)
    with pytest.raises(BadInputError, match="cannot be read"):
        read_register(tmp_path / "none.csv")


def test_there_are_26_relays_at_19_partners() -> None:
    neighbourhoods = read_neighbourhoods(NEIGHBOURHOODS)
    partners = read_partners_of(NEIGHBOURHOODS)
    assert len(neighbourhoods) == len({place.id for place in neighbourhoods}) == 26
    assert len(set(partners.values())) == 19
    assert partners.keys() == {place.id for place in neighbourhoods}
    assert all(set(place.names) == {"fr", "nl"} and place.note for place in neighbourhoods)
    assert all(place.valid_on(date(2022, 1, 1)) for place in neighbourhoods)


def test_only_a_relay_alone_at_its_partner_breaks_a_rule_and_only_by_its_size() -> None:
    neighbourhoods = read_neighbourhoods(NEIGHBOURHOODS)
    territory = schematic_territory(read_register(REGISTER))
    breaches = broken_rules(neighbourhoods, neighbours=territory.neighbours)
    assert {b.neighbourhood_id: b.params.get("n") for b in breaches} == {
        "koekelberg": 3,
        "anneessens": 2,
        "bosnie": 3,
    }


def test_a_row_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    header, first, *_ = NEIGHBOURHOODS.read_text(encoding="utf-8").splitlines()
    wrong = tmp_path / "neighbourhoods.csv"
    wrong.write_text(f"{header}\n{first.replace('2022-01-01', '2022-13-01')}\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="Row 2 of the neighbourhoods"):
        read_neighbourhoods(wrong)
    wrong.write_text("id,sectors\na,b\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="lacks the columns name_fr"):
        read_neighbourhoods(wrong)
