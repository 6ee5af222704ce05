"""Two people's changes to one record, brought together field by field: neither is lost."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from directory.hygiene import TEXTS

Path = tuple[str, ...]
"""Where in a record: ("hours",), ("names", "nl"), ("contacts", "phone +32 2 …", "visibility")."""
Facts = Mapping[str, Any]

BY_KEY: Final = TEXTS | {"values"}
"""Fields that hold something by language or code, each merged by itself; any other object, a
place or a schedule, is true or false only as a whole."""
_LEADS: Final = frozenset({"categories"})
"""Lists whose first element says most: the group and the sign of an actor."""
_CHECKED: Final = ("verified_on", "verified_by")
"""Who confirmed a record and when: true only together."""
_ABSENT: Final = object()


class Side(StrEnum):
    """Whose change is taken; both, where there is room for both."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Something both changed, differently; None is what is not there."""

    path: Path
    base: Any
    mine: Any
    theirs: Any

    @property
    def roomy(self) -> bool:
        """Whether both can be kept: lists, and the elements of one."""
        return isinstance(self.mine, list) or self.path[0] == "places"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Both in one, with the version of theirs; `open`: undecided, there mine stands for now."""

    facts: dict[str, Any]
    conflicts: tuple[Conflict, ...]
    open: tuple[Conflict, ...]


def merge(
    base: Facts, mine: Facts, theirs: Facts, decided: Mapping[Path, Side] | None = None
) -> Merged:
    """Bring two versions of one record, made from the same one, together.

    What one side alone changed is taken, texts by language and lists element by element; what
    both changed differently is a conflict, until `decided` says whose holds. Of two who
    confirmed the record the later one did. Facts are a record as JSON.

    >>> base = {"hours": "24/7", "languages": ["fr"]}
    >>> found = merge(base, {"hours": "off", "languages": ["fr", "nl"]},
    ...               {"hours": "Mo off", "languages": ["ar", "fr"]})
    >>> found.facts, [one.path for one in found.open]
    ({'hours': 'off', 'languages': ['ar', 'fr', 'nl']}, [('hours',)])
    """
    merging = _Merging(decided or {})
    facts = merging.mapping((), *_confirmed_alike(base, mine, theirs))
    if "version" in theirs:
        facts["version"] = theirs["version"]
    return Merged(
        facts=facts,
        conflicts=tuple(merging.met),
        open=tuple(one for one in merging.met if one.path not in merging.decided),
    )


def _confirmed_alike(base: Facts, mine: Facts, theirs: Facts) -> tuple[Facts, Facts, Facts]:
    checked = [{key: one.get(key) for key in _CHECKED} for one in (base, mine, theirs)]
    if checked[0] in checked[1:] or checked[1] == checked[2]:
        return base, mine, theirs
    later = max(checked[1:], key=lambda one: (one["verified_on"] or "", one["verified_by"] or ""))
    return base, {**mine, **later}, {**theirs, **later}


@dataclass(frozen=True, slots=True)
class _Merging:
    decided: Mapping[Path, Side]
    met: list[Conflict] = field(default_factory=list)

    def mapping(self, path: Path, base: Facts, mine: Facts, theirs: Facts) -> dict[str, Any]:
        """Merge key by key, in the order of theirs."""
        found = {}
        for key in dict.fromkeys([*theirs, *mine, *base]):
            if not path and key == "version":
                continue
            three = (one.get(key, _ABSENT) for one in (base, mine, theirs))
            value = self._value((*path, key), *three)
            if value is not _ABSENT:
                found[key] = value
        return found

    def _value(self, path: Path, base: Any, mine: Any, theirs: Any) -> Any:
        if theirs in (base, mine):
            return mine
        if mine == base:
            return theirs
        three = (base, mine, theirs)
        if all(isinstance(one, Mapping) for one in three) and by_key(path):
            return self.mapping(path, *three)
        if all(isinstance(one, list) for one in three):
            return self._list(path, *three)
        return self._decide(path, *three)

    def _list(self, path: Path, base: list[Any], mine: list[Any], theirs: list[Any]) -> Any:
        """Merge element by element, unless both led with, or ordered, the same differently."""
        names = element_names(path[-1], base, mine, theirs)
        lists = zip(names, (base, mine, theirs), strict=True)
        three = [dict(zip(keys, one, strict=True)) for keys, one in lists]
        if any(len(set(keys)) < len(keys) for keys in names) or _at_odds(path[-1], *names):
            return self._decide(path, base, mine, theirs)
        found = {}
        for key in dict.fromkeys([*three[2], *three[1], *three[0]]):
            value = self._value((*path, key), *(one.get(key, _ABSENT) for one in three))
            if value is not _ABSENT:
                found[key] = value
        order = _order(*names)
        listed = [found[key] for key in order if key in found]
        return [part for value in listed for part in (value if type(value) is _Both else (value,))]

    def _decide(self, path: Path, base: Any, mine: Any, theirs: Any) -> Any:
        shown = (None if one is _ABSENT else one for one in (base, mine, theirs))
        conflict = Conflict(path=path, **dict(zip(("base", "mine", "theirs"), shown, strict=True)))
        self.met.append(conflict)
        side = self.decided.get(path, Side.MINE)
        if side is Side.BOTH and isinstance(theirs, list) and isinstance(mine, list):
            return [*theirs, *(one for one in mine if one not in theirs)]
        if side is Side.BOTH and _ABSENT in (mine, theirs):
            return theirs if mine is _ABSENT else mine
        if side is Side.BOTH and conflict.roomy:
            return _Both((theirs, mine))
        return theirs if side is Side.THEIRS else mine


class _Both(tuple[Any, ...]):
    """Two elements in the place of one."""

    __slots__ = ()


def by_key(path: Path) -> bool:
    """Whether what stands there is compared part by part: texts by language, a contact."""
    return path[-1] in BY_KEY or path[-2:-1] == ("contacts",)


def element_names(name: str, *lists: list[Any]) -> list[list[str]]:
    """Name the elements of the lists, the same thing alike in each.

    A contact is its kind and value; a place its rank while there are as many of them in each, so
    that one moved by both is seen as such; anything else is what it says.
    """
    if name == "places" and len({len(one) for one in lists}) == 1:
        return [[str(rank) for rank in range(len(one))] for one in lists]
    return [[_name(name, element) for element in one] for one in lists]


def _name(name: str, element: Any) -> str:
    if name == "contacts":
        return f"{element['kind']} {element['value']}"
    return element if isinstance(element, str) else json.dumps(element, sort_keys=True)


def _at_odds(name: str, base: list[str], mine: list[str], theirs: list[str]) -> bool:
    first, my, their = (one[0] if one else "" for one in (base, mine, theirs))
    if name in _LEADS and len({first, my, their}) == 3:  # noqa: PLR2004 - all three differ
        return True
    common = {*base} & {*mine} & {*theirs}
    was, my_order, their_order = (_only(one, common) for one in (base, mine, theirs))
    return my_order != was and their_order not in (was, my_order)


def _only(keys: Iterable[str], wanted: set[str]) -> list[str]:
    return [key for key in keys if key in wanted]


def _order(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """Return the order of whoever changed it, the other's new ones after what they came after."""
    common = {*base} & {*mine} & {*theirs}
    moved = _only(mine, common) != _only(base, common)
    order, others = (list(mine), theirs) if moved else (list(theirs), mine)
    before = ""
    for key in others:
        if key not in order:
            order.insert(order.index(before) + 1 if before in order else 0, key)
        before = key
    return order
