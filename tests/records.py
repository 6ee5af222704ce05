"""Small records of the directory, and an atlas of them on hand-drawn sectors."""

from datetime import date

import numpy as np

from directory.activities import Activity, ActivityType
from directory.actors import Actor, ActorKind
from directory.atlas import Atlas
from directory.contacts import Contact, ContactKind
from directory.directory import Directory
from directory.places import Place, Point, Precision
from directory.relays import Partner, Relay
from directory.sources import Source
from directory.texts import Texts
from geo.crs import LAMBERT_72, WGS_84, project
from geo.neighbourhoods import Neighbourhood
from tests.drawn import SIDE_M, SOUTH, WEST, code, grid_territory

DAY = date(2026, 11, 23)
SOURCE = Source(name="drawn by hand")


def at(column: float, row: float) -> Place:
    """A place in the grid: (0.5, 0.5) is the middle of the first square."""
    metric = np.array([[WEST + SIDE_M * column, SOUTH + SIDE_M * row]])
    lon, lat = project(metric, source=LAMBERT_72, target=WGS_84)[0]
    return Place(precision=Precision.ADDRESS, point=Point(lon=lon, lat=lat))


def actor(key: str, **given: object) -> Actor:
    """A pharmacy in the first square, unless told otherwise."""
    known = {
        "kind": ActorKind.PROFESSIONAL,
        "names": Texts({"und": key}),
        "categories": ("pharmacy",),
        "places": (at(0.5, 0.5),),
        "source": SOURCE,
    }
    return Actor.model_validate({"id": key, **known, **given})


def phone(value: str, **given: object) -> Contact:
    """A phone number, public unless told otherwise."""
    return Contact.model_validate({"kind": ContactKind.PHONE, "value": value, **given})


LEFT = Neighbourhood(
    id="links",
    names={"fr": "Les Gauches", "nl": "Links"},
    sectors=(code(0, 0), code(0, 1), code(0, 2)),
    valid_from=date(2022, 1, 1),
    note="assumed",
)
PARTNER = Partner(id="huis", names=Texts({"nl": "Huis"}), municipality="21004", source=SOURCE)
RELAY = Relay(
    id="links",
    names=Texts({"fr": "Relais Les Gauches", "nl": "Relais Links"}),
    partner_id="huis",
    neighbourhood_id="links",
    source=SOURCE,
)
STAND = Activity(
    id="stand",
    titles=Texts({"fr": "Stand"}),
    type=ActivityType.MARKET_STAND,
    place=Place(precision=Precision.NEIGHBOURHOOD, area="links"),
    source=SOURCE,
)


def atlas(*actors: Actor, day: date = DAY) -> Atlas:
    """An atlas of some actors, one relay, its partner and neighbourhood, one activity."""
    directory = Directory(
        revision=1,
        actors={found.id: found for found in actors},
        activities={STAND.id: STAND},
        relays={RELAY.id: RELAY},
        partners={PARTNER.id: PARTNER},
        neighbourhoods={LEFT.id: LEFT},
    )
    return Atlas(directory, grid_territory(), day)
