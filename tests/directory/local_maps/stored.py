"""A stored map of the left column, with a pharmacy, a library and somebody who lives there."""

from datetime import date

from directory.actors import Actor
from directory.authors import Author
from directory.commands import Commands
from directory.local_maps import LocalMap
from directory.store import Store
from tests.records import LEFT, PARTNER, RELAY, actor, at

BY = Author("Ann the relay")


def resident(**given: object) -> Actor:
    """Somebody who agreed to be on the map."""
    consent = {"given_on": "2026-01-01", "ends_on": "2099-01-01"}
    told = {"kind": "resident", "names": {"fr": "Marie Zyxwerk"}, "consent": consent}
    return actor("marie", **{**told, **given})


def local_map(**given: object) -> LocalMap:
    """The map as somebody composed it, unless told otherwise."""
    known = {
        "id": "links",
        "neighbourhood_id": "links",
        "titles": {"fr": "Les Gauches", "nl": "Links"},
        "with_actors": ["marie", "pharmacie"],
        "without_actors": ["livres"],
        "made_on": date(2026, 11, 23),
        "author": "Ann",
    }
    return LocalMap.model_validate({**known, **given})


def keep(store: Store) -> LocalMap:
    """Store the map and who is on it; return it as the store has it."""
    who = (actor("pharmacie"), actor("livres", places=(at(0.5, 1.5),)), resident())
    Commands(store).save([LEFT, PARTNER, RELAY, *who, local_map()], by=BY)
    return store.directory().local_maps["links"]
