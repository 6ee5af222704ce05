"""What somebody works on: a record as it was read, as they have it, as others saved it since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

import streamlit as st

from directory.merging import Merged, Path, Side, merge
from geo.errors import PleinError
from ui.record.subject import Subject

_DESKS: Final = "record_desks"
_KEPT: Final = 8
"""Records one may work on at a time; of the one opened first what was not saved is let go."""
_numbers = count(1)


@dataclass(slots=True)
class Row:
    """A contact or a place on the form; another number makes its fields anew."""

    number: int
    facts: dict[str, Any]


@dataclass(slots=True)
class Desk:
    """One record being edited: `base` as it was read, `mine` as the form says.

    `theirs` is what somebody saved meanwhile, until both are brought together by `decided`.
    """

    subject: Subject
    base: Mapping[str, Any]
    mine: dict[str, Any]
    number: int = field(default_factory=lambda: next(_numbers))
    rows: dict[str, list[Row]] = field(default_factory=dict)
    placing: int | None = None
    opened: set[int] = field(default_factory=set)
    theirs: Mapping[str, Any] | None = None
    decided: dict[Path, Side] = field(default_factory=dict)
    problem: PleinError | None = None
    said: str = ""

    def key(self, *names: object) -> str:
        """Name a field of the form, another one once the form is made anew."""
        return "_".join(("record", str(self.number), *map(str, names)))

    def start(self, *names: object, value: object) -> str:
        """Give a field its first value and return its key; what was typed in it stays."""
        key = self.key(*names)
        if key not in st.session_state:
            st.session_state[key] = value
        return key

    def listed(self, name: str) -> list[Row]:
        """Return the rows of a list on the form: contacts, places."""
        if name not in self.rows:
            self.rows[name] = [row_of(one) for one in self.mine.get(name, ())]
        return self.rows[name]

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return self.mine != dict(self.base)

    def take_up(self, facts: Mapping[str, Any], mine: Mapping[str, Any] | None = None) -> None:
        """Begin anew from what stands, with what one had of one's own."""
        self.base, self.mine = facts, dict(mine if mine is not None else facts)
        self.number, self.rows, self.placing = next(_numbers), {}, None
        self.theirs, self.decided = None, {}

    def merged(self) -> Merged | None:
        """Bring what one wrote and what somebody saved meanwhile together."""
        if self.theirs is None:
            return None
        return merge(self.base, self.mine, self.theirs, self.decided)


def row_of(facts: Mapping[str, Any]) -> Row:
    """Make a row of a list on the form."""
    return Row(next(_numbers), dict(facts))


def open_desk(subject: Subject, facts: Mapping[str, Any]) -> Desk:
    """Return the desk of this session for a record, where one left off."""
    desks: dict[Subject, Desk] = st.session_state.setdefault(_DESKS, {})
    desk = desks.get(subject)
    if desk is None:
        desk = desks[subject] = Desk(subject=subject, base=facts, mine=dict(facts))
        for oldest in list(desks)[:-_KEPT]:
            del desks[oldest]
    return desk
