"""Differences as lines of the page: what it was, what it is, the words that came and went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from directory.contacts import Visibility
from directory.differences import Change, Difference, words
from directory.merging import Path
from ui.record.words import label, told

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changed; `parts` where it is a text compared word by word."""

    label: str
    before: str
    after: str
    parts: tuple[tuple[str, str], ...] = ()


def lines(found: Iterable[Difference]) -> list[Line]:
    """Tell differences, one line each."""
    return [_line(one.path, one.before, one.after) for one in found]


def _line(path: Path, before: Any, after: Any) -> Line:
    return Line(label(path), told(path, before), told(path, after), parts(before, after))


def parts(before: Any, after: Any) -> tuple[tuple[str, str], ...]:
    """Compare two texts of several words; nothing for anything else."""
    if not (isinstance(before, str) and isinstance(after, str)):
        return ()
    if " " not in before.strip() or " " not in after.strip():
        return ()
    compared = words(before, after)
    if not any(change is Change.KEPT and text.strip() for change, text in compared):
        return ()
    return tuple((change.value, text) for change, text in compared)


def seen(
    found: Iterable[Difference], versions: Iterable[Facts | None], may_see: frozenset[Visibility]
) -> list[Difference]:
    """Leave out the contacts that a person may not see, in any of the versions given.

    Give the version that stands too: what is hidden by now was none of their business before.
    """
    hidden = {
        f"{one['kind']} {one['value']}"
        for facts in versions
        for one in (facts or {}).get("contacts", ())
        if one["visibility"] not in may_see
    }
    return [one for one in found if one.path[0] != "contacts" or _open(one.path, hidden)]


def _open(path: Path, hidden: set[str]) -> bool:
    return not hidden if len(path) == 1 else path[1] not in hidden
