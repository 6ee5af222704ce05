"""What the 2022 report says: partners, relays and regular activities, facts only."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from directory.activities import Activity
from directory.commands import Author, Commands, Origin, Outcome
from directory.relays import Partner, Relay
from directory.store.rows import Stored
from geo.errors import N_, BadInputError
from geo.neighbourhoods import Neighbourhood

PATH = Path(__file__).with_name("seed.toml")
BY = Author("Plein", Origin.SEED)
RELAY_NAMES = {"fr": "Relais d'action de quartier {name}", "nl": "Buurtactierelais {name}"}
"""How the report calls a relay, by language."""


@cache
def _report() -> Mapping[str, Any]:
    return tomllib.loads(PATH.read_text(encoding="utf-8"))


def seed(commands: Commands, neighbourhoods: Iterable[Neighbourhood]) -> Outcome:
    """Store the report's records and these neighbourhoods, those that are not there yet.

    A record that is stored, changed or archived since, is left as it is: seeding again changes
    nothing. Several processes may seed at once.

    Raises:
        BadInputError: a relay's neighbourhood is not among those given.
    """
    return commands.save(records(neighbourhoods), by=BY, only_new=True)


def records(neighbourhoods: Iterable[Neighbourhood]) -> list[Stored]:
    """Return what `seed` stores: neighbourhoods, partners, relays and activities.

    Raises:
        BadInputError: a relay's neighbourhood is not among those given.
    """
    by_id = {neighbourhood.id: neighbourhood for neighbourhood in neighbourhoods}
    source = _report()["source"]
    found: list[Stored] = list(by_id.values())
    for entry in _report()["partner"]:
        facts = {name: value for name, value in entry.items() if name != "relays"}
        found.append(Partner.model_validate({**facts, "source": source}))
        for relay_id in entry["relays"]:
            if relay_id not in by_id:
                raise BadInputError(
                    N_("The relay “{id}” has no neighbourhood of that id. Add it to the list."),
                    id=relay_id,
                )
            found.append(_relay(by_id[relay_id], partner_id=entry["id"], source=source))
    activities = ({**entry, "source": source} for entry in _report()["activity"])
    return [*found, *map(Activity.model_validate, activities)]


def _relay(neighbourhood: Neighbourhood, *, partner_id: str, source: object) -> Relay:
    names = {
        language: RELAY_NAMES[language].format(name=name)
        for language, name in neighbourhood.names.items()
        if language in RELAY_NAMES
    }
    return Relay.model_validate(
        {
            "id": neighbourhood.id,
            "names": names or dict(neighbourhood.names),
            "partner_id": partner_id,
            "neighbourhood_id": neighbourhood.id,
            "source": source,
        }
    )
