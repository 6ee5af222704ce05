"""What differs between two versions of a record, field by field and word by word."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final

from directory.merging import Path, by_key, element_names

_UNTOLD: Final = frozenset({"id", "version"})
_EMPTY: Final[tuple[Any, ...]] = (None, "", [], {})
_WORD: Final = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that changed; None is what was not there."""

    path: Path
    before: Any
    after: Any


class Change(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


def differences(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[Difference, ...]:
    """List what differs between two versions as JSON; None: there was no record.

    A field that one of them lacks, an older form say, differs only where the other says something.

    >>> differences({"hours": "24/7", "names": {"fr": "A"}}, {"names": {"fr": "A", "nl": "B"}})
    ... # doctest: +NORMALIZE_WHITESPACE
    (Difference(path=('hours',), before='24/7', after=None),
     Difference(path=('names', 'nl'), before=None, after='B'))
    """
    return tuple(_of_mapping((), before or {}, after or {}))


def _of_mapping(
    path: Path, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    for key in dict.fromkeys([*before, *after]):
        if path or key not in _UNTOLD:
            yield from _of_value((*path, key), before.get(key), after.get(key))


def _of_value(path: Path, before: Any, after: Any) -> Iterator[Difference]:
    if before == after or (before in _EMPTY and after in _EMPTY):
        return
    kind = next((type(one) for one in (before, after) if one not in _EMPTY), None)
    if kind is dict and by_key(path) and (len(path) == 1 or (before and after)):
        yield from _of_mapping(path, before or {}, after or {})
    elif kind is list and _listed(before or after):
        yield from _of_list(path, before or [], after or [])
    else:
        yield Difference(path=path, before=before, after=after)


def _listed(value: list[Any]) -> bool:
    """Whether a list is of things told one by one: words and records, not corners of an outline."""
    return all(isinstance(one, (str, dict)) for one in value)


def _of_list(path: Path, before: list[Any], after: list[Any]) -> Iterator[Difference]:
    names = element_names(path[-1], before, after)
    was, now = (
        dict(zip(keys, one, strict=True)) for keys, one in zip(names, (before, after), strict=True)
    )
    found = [
        told
        for key in dict.fromkeys([*was, *now])
        for told in _of_value((*path, key), was.get(key), now.get(key))
    ]
    if found:
        yield from found
    else:  # only the order
        yield Difference(path=path, before=before, after=after)


def words(before: str, after: str) -> list[tuple[Change, str]]:
    """Compare two texts word by word.

    >>> [(str(change), text) for change, text in words("open on Monday", "closed on Monday")]
    [('removed', 'open'), ('added', 'closed'), ('kept', ' on Monday')]
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    told = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            told.append((Change.KEPT, "".join(old[i:j])))
            continue
        if i < j:
            told.append((Change.REMOVED, "".join(old[i:j])))
        if k < m:
            told.append((Change.ADDED, "".join(new[k:m])))
    return told
