"""Two drafts made from the same one, brought together: what one changed, and what both did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, Literal, NamedTuple, TypeVar

from geo.neighbourhood_edits import Area, Draft

_NOTHING: Final = Area()
_Value = TypeVar("_Value")


class Side(StrEnum):
    """Whose change it is."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something both changed, differently.

    `id` is the sector for "sector", else the neighbourhood; "end" is one that one side ended and
    the other changed.
    """

    kind: Literal["sector", "names", "lived", "end"]
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Both drafts in one; `open` are the conflicts nobody decided: there mine stands for now."""

    draft: Draft
    conflicts: tuple[Conflict, ...]
    open: tuple[Conflict, ...]


def merge(
    base: Draft,
    mine: Draft,
    theirs: Draft,
    decided: Mapping[Conflict, Side] | None = None,
) -> Merged:
    """Bring two drafts of one base together: no sector is lost, none is put in two.

    What one side alone changed is taken; what both changed differently is a conflict.

    >>> base = Draft(ground=frozenset("ab"), areas={"x": Area(), "y": Area()})
    >>> found = merge(base, base.put("a", "x"), base.put("ab", "y"))
    >>> found.conflicts, sorted(found.draft.areas["y"].sectors)
    ((Conflict(kind='sector', id='a'),), ['b'])
    """
    choices = _Choices(decided or {})
    homes = _Homes(base.homes(), mine.homes(), theirs.homes())
    kept = _settle_ends(base, mine, theirs, homes, choices)
    sectors = _sectors(kept, homes, choices)
    areas = {
        key: replace(_told(base, mine, theirs, key, choices), sectors=frozenset(sectors[key]))
        for key in kept
    }
    return Merged(
        draft=Draft(ground=base.ground | mine.ground | theirs.ground, areas=areas),
        conflicts=tuple(choices.met),
        open=tuple(one for one in choices.met if one not in choices.decided),
    )


class _Homes(NamedTuple):
    """The neighbourhoods each sector is in, by draft."""

    base: dict[str, tuple[str, ...]]
    mine: dict[str, tuple[str, ...]]
    theirs: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Choices:
    decided: Mapping[Conflict, Side]
    met: list[Conflict] = field(default_factory=list)

    def of(self, conflict: Conflict, was: _Value, mine: _Value, theirs: _Value) -> _Value:
        """Return whichever changed; where both did, the side that was decided, else mine."""
        if theirs in (was, mine):
            return mine
        if mine == was:
            return theirs
        self.met.append(conflict)
        return theirs if self.decided.get(conflict) is Side.THEIRS else mine


def _settle_ends(
    base: Draft, mine: Draft, theirs: Draft, homes: _Homes, choices: _Choices
) -> list[str]:
    """Return the neighbourhoods there are afterwards, and bring the homes in line with that.

    One that a side ended and the other changed is a conflict. Where it ends, its sectors are
    where the ender has them; where it goes on, it has those of them that went nowhere else.
    """
    every = base.areas.keys() | mine.areas.keys() | theirs.areas.keys()
    kept = []
    for key in sorted(every):
        my, their, was = mine.areas.get(key), theirs.areas.get(key), base.areas.get(key)
        if was is None or (my and their):
            kept.append(key)
            continue
        if my is their is None:
            continue
        ender, other = (homes.mine, homes.theirs) if my is None else (homes.theirs, homes.mine)
        if choices.of(Conflict("end", key), was, my, their) is not None:
            kept.append(key)
            ender.update({code: (key,) for code in was.sectors if not ender.get(code)})
            continue
        for code, found in list(other.items()):
            if key in found:
                left = tuple(one for one in found if one != key)
                other[code] = left or ender.get(code, ())
    return kept


def _sectors(kept: Iterable[str], homes: _Homes, choices: _Choices) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {key: set() for key in kept}
    for code in sorted(set().union(*homes)):
        was, my, their = (one.get(code, ()) for one in homes)
        for key in choices.of(Conflict("sector", code), was, my, their):
            found[key].add(code)
    return found


def _told(base: Draft, mine: Draft, theirs: Draft, key: str, choices: _Choices) -> Area:
    """Return the names and the lived boundary of a neighbourhood."""
    was = base.areas.get(key, _NOTHING)
    my, their = mine.areas.get(key, was), theirs.areas.get(key, was)
    return Area(
        names=choices.of(Conflict("names", key), was.names, my.names, their.names),
        lived=choices.of(Conflict("lived", key), was.lived, my.lived, their.lived),
    )
