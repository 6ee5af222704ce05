"""Relay neighbourhoods: named sets of statistical sectors, and the rules they should keep."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from geo.adjacency import pieces
from geo.errors import N_

SECTORS_MIN = 4
SECTORS_MAX = 11
"""How many sectors a relay can serve (project description of the neighbourhood relays, 2022)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """A named set of sectors a relay serves, valid between two days (both included).

    `id` is a lower-case slug; `names` is by language (fr, nl); `sectors` are nine-character
    codes, sorted; `valid_to` None means until further notice; `note` says on what assumption
    the set rests. `version` counts its changes in the store (0: never stored).
    """

    id: str
    names: Mapping[str, str]
    sectors: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    note: str = ""
    version: int = 0

    def valid_on(self, day: date) -> bool:
        """Whether the set holds on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def meets(self, other: "Neighbourhood") -> bool:
        """Whether both sets hold on at least one day."""
        return (other.valid_to is None or self.valid_from <= other.valid_to) and (
            self.valid_to is None or other.valid_from <= self.valid_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A rule a neighbourhood does not keep: a message id and what fills it. A warning."""

    neighbourhood_id: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Say it in English."""
        return self.message.format(**self.params)


def broken_rules(
    neighbourhoods: Iterable[Neighbourhood],
    *,
    neighbours: Mapping[str, Collection[str]],
    day: date | None = None,
) -> list[Breach]:
    """Return every rule broken, in the order of the neighbourhoods. Nothing is raised.

    Args:
        neighbourhoods: the whole set, each with a distinct id.
        neighbours: the sectors each known sector shares a border with, such as
            `Territory.neighbours`; its keys are the known sectors.
        day: only what holds on that day; None looks at every day.
    """
    looked_at = [place for place in neighbourhoods if day is None or place.valid_on(day)]
    return [
        breach
        for place in looked_at
        for breach in (*_alone(place, neighbours), *_beside(place, looked_at))
    ]


def _alone(place: Neighbourhood, neighbours: Mapping[str, Collection[str]]) -> Iterator[Breach]:
    distinct = set(place.sectors)
    if not SECTORS_MIN <= len(distinct) <= SECTORS_MAX:
        yield Breach(
            neighbourhood_id=place.id,
            message=N_("A neighbourhood has {least} to {most} sectors; this one has {n}."),
            params={"least": SECTORS_MIN, "most": SECTORS_MAX, "n": len(distinct)},
        )
    if place.valid_to is not None and place.valid_to < place.valid_from:
        yield Breach(
            neighbourhood_id=place.id,
            message=N_("It ends on {end}, before it begins on {start}."),
            params={"start": place.valid_from.isoformat(), "end": place.valid_to.isoformat()},
        )
    unknown = sorted(distinct - set(neighbours))
    if unknown:
        yield Breach(
            neighbourhood_id=place.id,
            message=N_("The sectors {codes} are not known in this territory."),
            params={"codes": ", ".join(unknown)},
        )
    apart = pieces(distinct & set(neighbours), neighbours)
    if len(apart) > 1:
        yield Breach(
            neighbourhood_id=place.id,
            message=N_("It is not in one piece: {codes} do not touch the rest along a border."),
            params={"codes": ", ".join(sorted(set().union(*apart[1:]))), "n": len(apart)},
        )


def _beside(place: Neighbourhood, others: Iterable[Neighbourhood]) -> Iterator[Breach]:
    repeated = sorted({code for code in place.sectors if place.sectors.count(code) > 1})
    if repeated:
        yield Breach(
            neighbourhood_id=place.id,
            message=N_("The sectors {codes} are named more than once."),
            params={"codes": ", ".join(repeated)},
        )
    for other in others:
        shared = sorted(set(place.sectors) & set(other.sectors))
        if shared and other is not place and place.meets(other):
            yield Breach(
                neighbourhood_id=place.id,
                message=N_("The sectors {codes} are also in {other} on the same days."),
                params={"codes": ", ".join(shared), "other": other.id},
            )


def losses(
    neighbourhoods: Iterable[Neighbourhood], gone: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Return the sectors each neighbourhood loses when `gone` are no longer published."""
    lost = {place.id: tuple(c for c in place.sectors if c in gone) for place in neighbourhoods}
    return {key: codes for key, codes in lost.items() if codes}
