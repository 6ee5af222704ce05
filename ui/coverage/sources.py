"""Who is named wherever coverage leaves: whose the outlines and the streets are."""

from exchange.planning.described import Credit
from geo.territory import Territory
from ui.language import _


def outlines(territory: Territory) -> Credit:
    """Name the source of the outlines."""
    return Credit(
        name=territory.source,
        licence=territory.licence,
        date=territory.situation,
        gave=_("the outlines"),
    )


def streets() -> Credit:
    """Name the source of the streets."""
    return Credit(name="OpenStreetMap", licence="ODbL 1.0", gave=_("the streets"))
