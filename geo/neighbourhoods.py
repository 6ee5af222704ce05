"""Relay neighbourhoods: named sets of statistical sectors, and the rules they should keep."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from geo.adjacency import pieces
from geo.errors import N_, BadInputError
from geo.lived import Ring, check_ring

SECTORS_MIN = 4
SECTORS_MAX = 11
"""How many sectors a relay can serve (project description of the neighbourhood relays, 2022)."""
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorSet:
    """The sectors a neighbourhood has between two days, both included; None: until further notice.

    `reason` says why a rule is overruled, "" where none is.
    """

    valid_from: date
    valid_to: date | None
    sectors: tuple[str, ...]
    reason: str = ""

    def meets(self, other: "SectorSet") -> bool:
        """Whether both hold on at least one day."""
        return (other.valid_to is None or self.valid_from <= other.valid_to) and (
            self.valid_to is None or other.valid_from <= self.valid_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """A named set of sectors a relay serves, valid between two days (both included).

    `id` is a lower-case slug; `names` is by language (fr, nl); `sectors` are nine-character
    codes, sorted; `valid_to` None means until further notice; `note` says on what assumption
    the set rests. `version` counts its changes in the store (0: never stored).

    The set may change from a day on: `sectors` hold since `since` (None: from `valid_from` on),
    which may lie ahead, and `former` are the sets of before, oldest first, without a day between
    them. `reason` says why `sectors` overrule a rule. `lived` is the boundary people draw
    themselves, beside the official set: a ring in EPSG:4326, not closed, or nothing.
    """

    id: str
    names: Mapping[str, str]
    sectors: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    since: date | None = None
    former: tuple[SectorSet, ...] = ()
    reason: str = ""
    lived: Ring = ()
    note: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        check_ring(self.lived, of=self.id)
        begins = self.valid_from
        for found in self.former:
            if found.valid_from != begins or found.valid_to is None or found.valid_to < begins:
                raise BadInputError(
                    N_(
                        "Expected the former sets of “{id}” one after the other from {start} on, "
                        "found one from {found} to {end}."
                    ),
                    id=self.id,
                    start=begins.isoformat(),
                    found=found.valid_from.isoformat(),
                    end=found.valid_to.isoformat() if found.valid_to else "…",
                )
            begins = found.valid_to + _A_DAY
        if self.begins != begins:
            raise BadInputError(
                N_("Expected the sectors of “{id}” to hold since {start}, found {found}."),
                id=self.id,
                start=begins.isoformat(),
                found=self.begins.isoformat(),
            )

    @property
    def begins(self) -> date:
        """The first day of `sectors`."""
        return self.since or self.valid_from

    @property
    def sets(self) -> tuple[SectorSet, ...]:
        """Every set, oldest first; the last one is `sectors`."""
        last = SectorSet(
            valid_from=self.begins,
            valid_to=self.valid_to,
            sectors=self.sectors,
            reason=self.reason,
        )
        return (*self.former, last)

    def on(self, day: date) -> "Neighbourhood":
        """Return it as it is on a day: with the set that holds then, and those before.

        Before its first day it is as on that day.
        """
        if not self.former or day >= self.begins:
            return self
        at = next((n for n, one in enumerate(self.sets) if one.valid_from > day), 1) or 1
        return self._first(at)

    def until(self, day: date) -> "Neighbourhood":
        """Return it with a last day; sets that begin later are left out.

        Raises:
            BadInputError: it begins later than that.
        """
        if day < self.valid_from:
            raise BadInputError(
                N_("“{id}” begins on {start}: it cannot end on {end}. Choose a later day."),
                id=self.id,
                start=self.valid_from.isoformat(),
                end=day.isoformat(),
            )
        return replace(self.on(day), valid_to=day)

    def _first(self, number: int) -> "Neighbourhood":
        *before, last = self.sets[:number]
        return replace(
            self,
            sectors=last.sectors,
            since=last.valid_from if before else None,
            former=tuple(before),
            reason=last.reason,
        )

    def from_day(self, day: date, sectors: Iterable[str], *, reason: str = "") -> "Neighbourhood":
        """Return it with other sectors from a day on; sets that begin later are replaced.

        A day before its first makes it begin earlier.

        Raises:
            BadInputError: it has ended by then.

        >>> place = Neighbourhood(
        ...     id="a", names={}, sectors=("21004A00-",), valid_from=date(2022, 1, 1))
        >>> place.from_day(date(2027, 1, 1), ["21004A01-"]).on(date(2026, 12, 31)).sectors
        ('21004A00-',)
        """
        if self.valid_to is not None and self.valid_to < day:
            raise BadInputError(
                N_("“{id}” ended on {end}. Make a new neighbourhood from {start} on."),
                id=self.id,
                end=self.valid_to.isoformat(),
                start=day.isoformat(),
            )
        kept = tuple(one for one in self.sets if one.valid_from < day)
        if kept:
            kept = (*kept[:-1], replace(kept[-1], valid_to=day - _A_DAY))
        return replace(
            self,
            sectors=tuple(sorted(set(sectors))),
            valid_from=kept[0].valid_from if kept else day,
            since=day if kept else None,
            former=kept,
            reason=reason,
        )

    def valid_on(self, day: date) -> bool:
        """Whether it exists on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


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
    only: Collection[str] | None = None,
) -> list[Breach]:
    """Return every rule broken, in the order of the neighbourhoods. Nothing is raised.

    Args:
        neighbourhoods: the whole set, each with a distinct id.
        neighbours: the sectors each known sector shares a border with, such as
            `Territory.neighbours`; its keys are the known sectors.
        day: only what holds on that day; None looks at every day.
        only: the ids that are judged, beside all the others; None judges each.
    """
    looked_at = [
        (place, _sets(place, day)) for place in neighbourhoods if day is None or place.valid_on(day)
    ]
    found = (
        breach
        for place, sets in looked_at
        if only is None or place.id in only
        for breach in (*_alone(place, sets, neighbours), *_beside(place, sets, looked_at))
    )
    distinct: list[Breach] = []
    for breach in found:  # a rule that two sets break alike is told once
        if breach not in distinct:
            distinct.append(breach)
    return distinct


def _sets(place: Neighbourhood, day: date | None) -> tuple[SectorSet, ...]:
    if day is None:
        return place.sets
    return (SectorSet(valid_from=day, valid_to=day, sectors=place.on(day).sectors),)


def _alone(
    place: Neighbourhood, sets: Iterable[SectorSet], neighbours: Mapping[str, Collection[str]]
) -> Iterator[Breach]:
    for found in sets:
        yield from _size(place.id, set(found.sectors))
    if place.valid_to is not None and place.valid_to < place.valid_from:
        yield Breach(
            neighbourhood_id=place.id,
            message=N_("It ends on {end}, before it begins on {start}."),
            params={"start": place.valid_from.isoformat(), "end": place.valid_to.isoformat()},
        )
    for found in sets:
        yield from _ground(place.id, set(found.sectors), neighbours)


def _size(key: str, distinct: Collection[str]) -> Iterator[Breach]:
    if not distinct:
        yield Breach(
            neighbourhood_id=key,
            message=N_("A neighbourhood of no sector is none: put some in, or end it."),
        )
    elif not SECTORS_MIN <= len(distinct) <= SECTORS_MAX:
        yield Breach(
            neighbourhood_id=key,
            message=N_("A neighbourhood has {least} to {most} sectors; this one has {n}."),
            params={"least": SECTORS_MIN, "most": SECTORS_MAX, "n": len(distinct)},
        )


def _ground(
    key: str, distinct: set[str], neighbours: Mapping[str, Collection[str]]
) -> Iterator[Breach]:
    unknown = sorted(distinct - set(neighbours))
    if unknown:
        yield Breach(
            neighbourhood_id=key,
            message=N_("The sectors {codes} are not known in this territory."),
            params={"codes": ", ".join(unknown)},
        )
    apart = pieces(distinct & set(neighbours), neighbours)
    if len(apart) > 1:
        yield Breach(
            neighbourhood_id=key,
            message=N_("It is not in one piece: {codes} do not touch the rest along a border."),
            params={"codes": ", ".join(sorted(set().union(*apart[1:]))), "n": len(apart)},
        )


def _beside(
    place: Neighbourhood,
    sets: Iterable[SectorSet],
    others: Iterable[tuple[Neighbourhood, Iterable[SectorSet]]],
) -> Iterator[Breach]:
    repeated = sorted({code for code in place.sectors if place.sectors.count(code) > 1})
    if repeated:
        yield Breach(
            neighbourhood_id=place.id,
            message=N_("The sectors {codes} are named more than once."),
            params={"codes": ", ".join(repeated)},
        )
    for other, theirs in others:
        if other is place:
            continue
        shared: set[str] = set()
        for one in sets:
            for beside in theirs:
                if one.meets(beside):
                    shared |= set(one.sectors) & set(beside.sectors)
        if shared:
            yield Breach(
                neighbourhood_id=place.id,
                message=N_("The sectors {codes} are also in {other} on the same days."),
                params={"codes": ", ".join(sorted(shared)), "other": other.id},
            )


def losses(
    neighbourhoods: Iterable[Neighbourhood], gone: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Return the sectors each neighbourhood loses when `gone` are no longer published."""
    lost = {place.id: tuple(c for c in place.sectors if c in gone) for place in neighbourhoods}
    return {key: codes for key, codes in lost.items() if codes}
