"""Old and new beside each other: field by field, the words that come and go marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from directory.differences import Change, Difference
from directory.differences import words as compared
from directory.merging import Conflict
from directory.proposals.weighing import Weighed
from ui import look, state
from ui.hours import hours_in_words
from ui.language import _, current
from ui.record import words

Part = tuple[str, str]
"""Words and what became of them: "kept", "added" or "removed"."""


@dataclass(frozen=True, slots=True)
class Line:
    """A field: what it is called, what stands there, what would; `note` is what else to know."""

    label: str
    before: Sequence[Part]
    after: Sequence[Part]
    note: str = ""


def show(weighed: Weighed) -> None:
    """Show what would change; of an addition all that is told."""
    differences = [
        one
        for one in weighed.differences()
        if weighed.before is not None or one.path[0] not in ("status", "kind")
    ]
    clashing = {one.path: one for one in weighed.clashes}
    lines = [_line(one, clashing.get(one.path)) for one in _ordered(differences)]
    look.render(
        "queue_sides.html.j2",
        lang=current(),
        lines=lines,
        old=_("Now") if weighed.before is not None else "",
        new=_("Proposed"),
        field=_("What"),
        added=_("added:"),
        removed=_("removed:"),
        nothing=_("Nothing in the record would change by itself."),
    )


_WORDED: Final = frozenset({"names", "descriptions", "audience", "hours", "places"})
"""Fields told in words of their own, compared one by one; of others the whole is."""
_ORDER: Final = ("kind", "names", "categories", "places", "contacts", "hours")


def _ordered(differences: Iterable[Difference]) -> list[Difference]:
    place = {name: number for number, name in enumerate(_ORDER)}
    return sorted(differences, key=lambda one: place.get(one.path[0], len(place)))


def _line(found: Difference, clash: Conflict | None) -> Line:
    before, after = found.before, found.after
    note = ""
    if found.path[0] == "hours":
        note = _read_hours(after)
    if clash is not None:
        note = _(
            "Somebody changed this since it was proposed; before, it was: {value}",
            value=words.told(clash.path, clash.base),
        )
    old, new = _parts(found, before, after)
    return Line(_label(found), old, new, note)


def _label(found: Difference) -> str:
    value = found.after or found.before
    if found.path[0] == "contacts" and len(found.path) == 2 and isinstance(value, dict):  # noqa: PLR2004 - the contact itself
        return words.contact_kind(value["kind"])
    return words.label(found.path[:1] if found.path[0] == "places" else found.path)


def _parts(found: Difference, before: Any, after: Any) -> tuple[list[Part], list[Part]]:
    old, new = (_told(found, one) for one in (before, after))
    if not old or not new or found.path[0] not in _WORDED:
        removed, added = Change.REMOVED.value, Change.ADDED.value
        return ([(old, removed)] if old else [], [(new, added)] if new else [])
    told = compared(old, new)
    return (
        [(text, change.value) for change, text in told if change is not Change.ADDED],
        [(text, change.value) for change, text in told if change is not Change.REMOVED],
    )


def _told(found: Difference, value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if found.path[0] == "contacts" and isinstance(value, dict):
        seen = value["visibility"]
        return str(value["value"]) if seen == "public" else words.told(found.path, value)
    return words.told(found.path, value)


def _read_hours(value: Any) -> str:
    """Tell what Plein reads from the hours: a slip shows there first."""
    if not isinstance(value, str) or not value:
        return ""
    now, week = hours_in_words(value, state.now())
    return " · ".join([now, *(f"{day.name} {day.hours}" for day in week)] if week else [now])
