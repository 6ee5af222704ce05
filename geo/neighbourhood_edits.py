"""Neighbourhoods being edited: sectors put in and out, what that breaks, what is to be saved."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Self

from geo.errors import N_, BadInputError, UnknownIdError
from geo.lived import Ring, check_ring
from geo.neighbourhoods import Breach, Neighbourhood, SectorSet, broken_rules

STEPS_MAX = 200
"""Steps that can be undone."""
_ID_MAX = 60
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One neighbourhood of a draft: names by language, sectors, the lived boundary."""

    names: Mapping[str, str] = field(default_factory=dict)
    sectors: frozenset[str] = frozenset()
    lived: Ring = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Neighbourhoods as somebody would have them; every edit returns another draft.

    `ground` are the sectors there are. No edit loses one or puts one in two neighbourhoods: what
    is put into one leaves every other. A sector that was in two before stays so until it is put
    into one of them.
    """

    ground: frozenset[str]
    areas: Mapping[str, Area]

    @classmethod
    def of(cls, ground: Iterable[str], stored: Mapping[str, Neighbourhood], day: date) -> Self:
        """Return the neighbourhoods as they are on a day."""
        there = {key: found.on(day) for key, found in stored.items() if found.valid_on(day)}
        return cls(
            ground=frozenset(ground),
            areas={
                key: Area(
                    names=dict(found.names), sectors=frozenset(found.sectors), lived=found.lived
                )
                for key, found in sorted(there.items())
            },
        )

    def homes(self) -> dict[str, tuple[str, ...]]:
        """Return the neighbourhoods each sector of one is in: one, unless two overlap."""
        found: dict[str, tuple[str, ...]] = {}
        for key, area in self.areas.items():
            for code in area.sectors:
                found[code] = (*found.get(code, ()), key)
        return found

    def put(self, codes: Iterable[str], into: str) -> Self:
        """Put sectors into a neighbourhood, out of any other.

        Raises:
            UnknownIdError: no such neighbourhood, or no such sector.
        """
        moved = self._known(codes)
        self._area(into)
        return self._with(
            {
                key: replace(
                    area, sectors=area.sectors | moved if key == into else area.sectors - moved
                )
                for key, area in self.areas.items()
            }
        )

    def take_out(self, codes: Iterable[str], of: str) -> Self:
        """Take sectors out of a neighbourhood; they are in none then.

        Raises:
            UnknownIdError: no such neighbourhood.
        """
        area = self._area(of)
        return self._with({**self.areas, of: replace(area, sectors=area.sectors - set(codes))})

    def create(self, key: str, names: Mapping[str, str], codes: Iterable[str] = ()) -> Self:
        """Make a neighbourhood, of some sectors of others or of none.

        Raises:
            BadInputError: one of that id is there.
            UnknownIdError: no such sector.
        """
        if key in self.areas:
            raise BadInputError(
                N_("There is a neighbourhood “{id}” already. Choose another name."), id=key
            )
        return self._with({**self.areas, key: Area(names=dict(names))}).put(codes, key)

    def end(self, key: str) -> Self:
        """Do without a neighbourhood; its sectors are in none then.

        Raises:
            UnknownIdError: no such neighbourhood.
        """
        self._area(key)
        return self._with({one: area for one, area in self.areas.items() if one != key})

    def rename(self, key: str, names: Mapping[str, str]) -> Self:
        """Give a neighbourhood other names.

        Raises:
            UnknownIdError: no such neighbourhood.
        """
        return self._with({**self.areas, key: replace(self._area(key), names=dict(names))})

    def draw(self, key: str, lived: Ring) -> Self:
        """Give a neighbourhood another lived boundary, or none.

        Raises:
            UnknownIdError: no such neighbourhood.
            BadInputError: it does not go round once.
        """
        check_ring(lived, of=key)
        return self._with({**self.areas, key: replace(self._area(key), lived=lived)})

    def differs(self, other: Self) -> list[str]:
        """Return the neighbourhoods that are not alike in both, sorted."""
        keys = self.areas.keys() | other.areas.keys()
        return sorted(key for key in keys if self.areas.get(key) != other.areas.get(key))

    def handed_over(self, after: Self) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """Return the sectors that are elsewhere afterwards: code, in which before, in which then.

        >>> before = Draft(ground=frozenset("ab"), areas={"x": Area(sectors=frozenset("a"))})
        >>> before.handed_over(before.put("b", "x"))
        [('b', (), ('x',))]
        """
        then, now = self.homes(), after.homes()
        return [
            (code, then.get(code, ()), now.get(code, ()))
            for code in sorted(then.keys() | now.keys())
            if then.get(code, ()) != now.get(code, ())
        ]

    def _with(self, areas: Mapping[str, Area]) -> Self:
        return replace(self, areas=dict(sorted(areas.items())))

    def _area(self, key: str) -> Area:
        if key not in self.areas:
            raise UnknownIdError(
                N_("There is no neighbourhood “{id}” on that day. Choose another."), id=key
            )
        return self.areas[key]

    def _known(self, codes: Iterable[str]) -> frozenset[str]:
        wanted = frozenset(codes)
        unknown = sorted(wanted - self.ground)
        if unknown:
            raise UnknownIdError(N_("Sector {code} is not in this territory."), code=unknown[0])
        return wanted


@dataclass(frozen=True, slots=True)
class Edits:
    """A draft, the drafts before it and those that were undone.

    >>> edits = Edits.of(Draft(ground=frozenset(), areas={}))
    >>> edits.do(edits.now.create("a", {})).undo().now.areas
    {}
    """

    steps: tuple[Draft, ...]
    at: int = 0

    @classmethod
    def of(cls, draft: Draft) -> Self:
        """Begin with a draft."""
        return cls((draft,))

    @property
    def now(self) -> Draft:
        """The present draft."""
        return self.steps[self.at]

    def do(self, draft: Draft) -> Self:
        """Go on with another draft; what was undone is forgotten."""
        if draft == self.now:
            return self
        steps = (*self.steps[: self.at + 1], draft)[-STEPS_MAX:]
        return replace(self, steps=steps, at=len(steps) - 1)

    def undo(self) -> Self:
        """Go one step back, if there is one."""
        return replace(self, at=max(self.at - 1, 0))

    def redo(self) -> Self:
        """Go one step forward again, if there is one."""
        return replace(self, at=min(self.at + 1, len(self.steps) - 1))


def advice(
    draft: Draft,
    stored: Mapping[str, Neighbourhood],
    *,
    day: date,
    neighbours: Mapping[str, Collection[str]],
    only: Collection[str] | None = None,
) -> list[Breach]:
    """Return the rules a draft breaks from a day on: also those that a set yet to come brings.

    Args:
        draft: as it would be from the day on.
        stored: the neighbourhoods of the directory, those of other days too.
        day: from when on the draft holds.
        neighbours: as for `broken_rules`.
        only: the ids that are judged; None judges those that differ from what is stored.
    """
    judged = draft.differs(Draft.of(draft.ground, stored, day)) if only is None else only
    places = [found for _, found in sorted(_whole(draft, stored, day, {}).items())]
    later = {found.valid_from for place in places for found in place.sets} - {day}
    days = [day, *sorted(one for one in later if one > day)]
    found = [
        breach
        for one in days
        for breach in broken_rules(places, neighbours=neighbours, day=one, only=judged)
    ]
    return [breach for n, breach in enumerate(found) if breach not in found[:n]]


def replaced(
    draft: Draft, stored: Mapping[str, Neighbourhood], day: date
) -> list[tuple[str, SectorSet]]:
    """Return the sets of days to come that saving the draft would replace, by neighbourhood."""
    before = Draft.of(draft.ground, stored, day)
    return [
        (key, found)
        for key in draft.differs(before)
        if key in stored and _sectors(draft, key) != _sectors(before, key)
        for found in stored[key].sets
        if found.valid_from > day
    ]


def changes(
    draft: Draft,
    stored: Mapping[str, Neighbourhood],
    *,
    day: date,
    neighbours: Mapping[str, Collection[str]],
    reasons: Mapping[str, str],
) -> list[Neighbourhood]:
    """Return the records to save, in one batch, so that the draft holds from a day on.

    Each carries the version it was read with. `reasons` says why a rule is overruled, by
    neighbourhood; it is kept where a rule is.

    Raises:
        BadInputError: a neighbourhood of no sector, one that breaks a rule without a reason, or
            one that would end before it begins.
    """
    before = Draft.of(draft.ground, stored, day)
    moved = [
        key
        for key in draft.differs(before)
        if key not in before.areas or _sectors(draft, key) != before.areas[key].sectors
    ]
    for key in moved:
        if key in draft.areas and not draft.areas[key].sectors:
            raise BadInputError(
                N_("Neighbourhood “{id}” has no sector: put some in, or end it."), id=key
            )
    broken = advice(draft, stored, day=day, neighbours=neighbours, only=moved)
    judged = dict.fromkeys(breach.neighbourhood_id for breach in broken)
    why = {key: " ".join(reasons.get(key, "").split()) for key in judged}
    for key, reason in why.items():
        if not reason:
            raise BadInputError(
                N_("“{id}” breaks a rule: say why it should be so, or change it."), id=key
            )
    whole = _whole(draft, stored, day, why)
    return [whole[key] for key in draft.differs(before)]


def _sectors(draft: Draft, key: str) -> frozenset[str]:
    return draft.areas[key].sectors if key in draft.areas else frozenset()


def _whole(
    draft: Draft, stored: Mapping[str, Neighbourhood], day: date, reasons: Mapping[str, str]
) -> dict[str, Neighbourhood]:
    """Return every neighbourhood of the directory as it would be once the draft is saved."""
    before = Draft.of(draft.ground, stored, day)
    whole = dict(stored)
    for key in draft.differs(before):
        area = draft.areas.get(key)
        if area is None:
            whole[key] = stored[key].until(day - _A_DAY)
            continue
        reason, codes = reasons.get(key, ""), tuple(sorted(area.sectors))
        made = whole.get(key) or Neighbourhood(
            id=key, names={}, sectors=codes, valid_from=day, reason=reason
        )
        if area.sectors != _sectors(before, key):
            made = made.from_day(day, codes, reason=reason)
        whole[key] = replace(made, names=dict(area.names), lived=area.lived)
    return whole


def id_of(names: Iterable[str], taken: Collection[str]) -> str:
    """Return an id nobody has, from the first name that makes one.

    >>> id_of(["Étangs d'Ixelles"], {"etangs-d-ixelles"})
    'etangs-d-ixelles-2'
    """
    plain = (
        unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        for name in names
    )
    slugs = (re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:_ID_MAX].strip("-") for text in plain)
    base = next(filter(None, slugs), "neighbourhood")
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
