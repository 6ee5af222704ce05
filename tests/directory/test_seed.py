import csv
from datetime import date

import pytest

from directory.actors import Status
from directory.commands import Author, Commands, Origin
from directory.people import MACHINE
from directory.relays import Relay
from directory.seed import PATH, records, seed
from directory.store import Kind, Store
from geo.errors import BadInputError
from geo.neighbourhoods import Neighbourhood

RELAYS = """
haachtsesteenweg brabant dailly reyers collignon noord sint-joost-centrum maritiem weststation
historisch-molenbeek koekelberg kuregem-dauw kuregem-veearts kuregem-bara anneessens marollen
bosnie hallepoort flagey jacht boondaal laag-vorst industrie-zuid sint-denijs-neerstalle
hof-ten-berg roodebeek-sterrenbeelden
""".split()  # noqa: SIM905 - a column of twenty-six says less


@pytest.fixture
def neighbourhoods() -> list[Neighbourhood]:
    return [
        Neighbourhood(
            id=relay,
            names={"nl": relay.title(), "fr": relay.title()},
            sectors=(f"21015A{number:02}-",),
            valid_from=date(2022, 1, 1),
        )
        for number, relay in enumerate(RELAYS)
    ]


def test_the_report_is_there(
    store: Store, commands: Commands, neighbourhoods: list[Neighbourhood]
) -> None:
    outcome = seed(commands, neighbourhoods)
    directory = store.directory()
    assert len(directory.partners) == 19
    assert sorted(directory.relays) == sorted(RELAYS)
    assert len({p.municipality for p in directory.partners.values()}) == 10
    assert len(directory.activities) == 4
    assert len(outcome.created) == 19 + 26 + 26 + 4
    assert directory.relays["marollen"].partner_id == "cgsa-entr-aide-des-marolles"
    assert directory.relays["marollen"].names.best("nl") == "Buurtactierelais Marollen"


def test_what_the_report_does_not_say_is_not_said(neighbourhoods: list[Neighbourhood]) -> None:
    for record in records(neighbourhoods):
        given = record.model_dump() if hasattr(record, "model_dump") else {}
        assert not given.get("contacts")
        assert not given.get("actor_ids")
        assert not given.get("relay_ids")
        assert given.get("schedule") is None
        assert not (given.get("place") or {}).get("point")


def test_seeding_again_changes_nothing(
    store: Store, commands: Commands, neighbourhoods: list[Neighbourhood]
) -> None:
    seed(commands, neighbourhoods)
    before = store.directory()
    assert seed(commands, neighbourhoods).created == ()
    assert store.directory() is before


def test_a_person_has_the_last_word(
    store: Store, commands: Commands, neighbourhoods: list[Neighbourhood]
) -> None:
    seed(commands, neighbourhoods)
    person = Author("Amina", Origin.PAGE, MACHINE)
    partner = store.directory().partners["episol"]
    commands.save([partner.model_copy(update={"hours": "Mo 09:00-12:00"})], by=person)
    commands.archive(Kind.RELAY, "reyers", by=person)
    neighbourhoods[0] = Neighbourhood(
        id=RELAYS[0], names={"nl": "Anders"}, sectors=("21015A99-",), valid_from=date(2023, 1, 1)
    )
    outcome = seed(commands, neighbourhoods)
    assert (outcome.created, outcome.changed) == ((), ())
    directory = store.directory()
    assert directory.partners["episol"].hours == "Mo 09:00-12:00"
    assert directory.relays["reyers"].status is Status.ARCHIVED
    assert directory.neighbourhoods[RELAYS[0]].names["nl"] != "Anders"


def test_only_what_is_missing_is_added(
    commands: Commands, neighbourhoods: list[Neighbourhood]
) -> None:
    commands.save(neighbourhoods[:5], by=Author("Amina"))
    assert len(seed(commands, neighbourhoods).unchanged) == 5


def test_a_relay_without_a_neighbourhood_is_named(
    commands: Commands, neighbourhoods: list[Neighbourhood]
) -> None:
    with pytest.raises(BadInputError, match="roodebeek-sterrenbeelden"):
        seed(commands, neighbourhoods[:-1])


def test_the_file_of_neighbourhoods_says_the_same(neighbourhoods: list[Neighbourhood]) -> None:
    path = PATH.parent.parent / "data" / "sectors" / "neighbourhoods.csv"
    with path.open(encoding="utf-8", newline="") as file:
        shipped = {row["id"]: row["partner"] for row in csv.DictReader(file)}
    relays = [record for record in records(neighbourhoods) if isinstance(record, Relay)]
    assert shipped == {relay.id: relay.partner_id for relay in relays}
