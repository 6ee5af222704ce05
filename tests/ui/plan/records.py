"""A local map of the hand-drawn neighbourhood, and who is on it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from directory.actors import Actor
from directory.local_maps import LocalMap
from tests.records import actor, at, phone

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Brussels"))
"""A Monday."""
EVIL = (
    "{{7*7}}{% raw %}",
    "</script><script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    '" onmouseover="window.ran=1',
    "'];window.ran=1;//",
)


def local_map(**given: object) -> LocalMap:
    """The map of the left column, in French and Dutch, unless told otherwise."""
    known = {
        "id": "links",
        "neighbourhood_id": "links",
        "titles": {"fr": "Les Gauches", "nl": "Links"},
        "introductions": {"fr": "Qui aide ?\n\nIci.", "nl": "Wie helpt?"},
        "made_on": date(2026, 11, 23),
        "author": "An",
    }
    return LocalMap.model_validate({**known, **given})


def some() -> tuple[Actor, ...]:
    """A library and two doctors of one door, in the left column; a pharmacy beside it."""
    door = at(0.5, 0.5)
    return (
        actor(
            "livres",
            names={"fr": "Bibliothèque", "nl": "Boekerij"},
            categories=("library",),
            places=(at(0.5, 1.5),),
            contacts=(phone("+32 2 511 00 00"), phone("+32 2 999 99 99", visibility="relays")),
            hours="Mo-Fr 09:00-17:00",
            descriptions={"fr": "Des livres."},
        ),
        actor("dok-a", names={"und": "Dokter A"}, categories=("medical-house",), places=(door,)),
        actor("dok-b", names={"und": "Dokter B"}, categories=("medical-house",), places=(door,)),
        actor("ailleurs", names={"fr": "Ailleurs"}, places=(at(2.5, 2.5),)),
    )


def hostile() -> tuple[Actor, ...]:
    """As many actors as there are ways to do harm by a name."""
    return tuple(
        actor(
            f"evil-{n}",
            names={"und": text},
            descriptions={"fr": text},
            hours="Mo-Fr 09:00-17:00",
            places=(at(0.3, 0.2 + 0.3 * n),),
        )
        for n, text in enumerate(EVIL)
    )
