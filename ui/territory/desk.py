"""What an editor of neighbourhoods works on: kept in the session, told to the browser by a key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import uuid4

import streamlit as st

from directory.directory import Directory
from geo.colouring import colours
from geo.errors import PleinError
from geo.lived import rounded
from geo.neighbourhood_edits import Draft, Edits
from geo.neighbourhood_merge import Conflict, Merged, Side, merge
from geo.neighbourhoods import Neighbourhood
from geo.territory import Territory
from ui import state
from ui.territory.colours import COLOURS

AREA: Final = "area"
"""The chosen neighbourhood, in the session and in the address."""
_DESK: Final = "territory_desk"
_EDITS_MAX: Final = 500
"""Edits heard of at once: the browser tells all that were not answered yet."""


@dataclass
class Desk:
    """A draft, what it was made from, and what the browser was told of it.

    `stored` and `revision` are the directory the draft rests on; `theirs` is a later one, while
    somebody decides between both. `seen` counts the edits of the browser that were heard.
    """

    territory: Territory
    day: date
    stored: Mapping[str, Neighbourhood]
    revision: int
    edits: Edits
    key: str = field(default_factory=lambda: uuid4().hex)
    seen: int = 0
    fit: int = 1
    coloured: dict[str, int] = field(default_factory=dict)
    problem: PleinError | None = None
    theirs: Directory | None = None
    decided: dict[Conflict, Side] = field(default_factory=dict)
    batch: str = ""

    @property
    def now(self) -> Draft:
        """The draft as it is now."""
        return self.edits.now

    @property
    def base(self) -> Draft:
        """The neighbourhoods of the directory on the day."""
        return Draft.of(self.territory.neighbours, self.stored, self.day)

    @property
    def changed(self) -> list[str]:
        """The neighbourhoods that differ from the directory."""
        return self.now.differs(self.base)

    def colours(self, draft: Draft) -> dict[str, int]:
        """Colour the neighbourhoods of a draft, as before wherever that goes."""
        sets = {key: area.sectors for key, area in draft.areas.items()}
        found = colours(sets, self.territory.neighbours, number=len(COLOURS), kept=self.coloured)
        self.coloured |= found
        return found

    def take_up(self, found: Directory) -> None:
        """Rest on another state of the directory; only where nothing was changed."""
        self.stored, self.revision = found.neighbourhoods, found.revision
        self.edits = Edits.of(self.base)

    def move_to(self, day: date) -> None:
        """Let the draft hold from another day on; what was changed is laid over that day's sets."""
        before, mine = self.base, self.now
        self.day = day
        after = self.base
        self.edits = Edits.of(after).do(merge(before, mine, after).draft)

    def merged(self) -> Merged | None:
        """Bring the draft and what somebody saved meanwhile together."""
        if self.theirs is None:
            return None
        after = Draft.of(self.territory.neighbours, self.theirs.neighbourhoods, self.day)
        return merge(self.base, self.now, after, self.decided)

    def settle(self) -> None:
        """Go on with what was merged, resting on what they saved."""
        merged, theirs = self.merged(), self.theirs
        if merged is None or theirs is None:
            return
        self.stored, self.revision = theirs.neighbourhoods, theirs.revision
        self.edits = Edits.of(self.base).do(merged.draft)
        self.theirs, self.decided = None, {}


def open_desk() -> Desk:
    """Return the desk of this session, laid out anew where the directory or outlines changed."""
    territory, found = state.territory(), state.store().directory()
    desk: Desk | None = st.session_state.get(_DESK)
    if desk is None or desk.territory is not territory:
        day = state.now().date()
        desk = Desk(
            territory=territory,
            day=day,
            stored=found.neighbourhoods,
            revision=found.revision,
            edits=Edits.of(Draft.of(territory.neighbours, found.neighbourhoods, day)),
        )
        st.session_state[_DESK] = desk
    elif desk.stored is not found.neighbourhoods and not desk.changed:
        desk.take_up(found)
    return desk


def chosen(desk: Desk) -> str | None:
    """Return the chosen neighbourhood, None where there is none of that id in the draft."""
    key = st.session_state.get(AREA)
    return key if key in desk.now.areas else None


def hear(desk: Desk, told: Any) -> None:
    """Do what the browser tells, each edit once and in order; anybody can write such a message."""
    if not isinstance(told, dict) or told.get("key") != desk.key:
        return
    edits = told.get("edits")
    for edit in edits[:_EDITS_MAX] if isinstance(edits, list) else ():
        number = edit.get("n") if isinstance(edit, dict) else None
        if not isinstance(number, int) or number <= desk.seen:
            continue
        desk.seen = number
        try:
            _do(desk, edit)
        except PleinError as error:
            desk.problem = error


def _do(desk: Desk, edit: Mapping[str, Any]) -> None:
    act, area, codes = edit.get("act"), str(edit.get("area")), edit.get("codes")
    some = [str(code) for code in codes] if isinstance(codes, list) else []
    if act == "undo":
        desk.edits = desk.edits.undo()
    elif act == "redo":
        desk.edits = desk.edits.redo()
    elif act == "choose" and area in desk.now.areas:
        st.session_state[AREA] = area
    elif act == "put":
        desk.edits = desk.edits.do(desk.now.put(some, area))
    elif act == "out":
        desk.edits = desk.edits.do(desk.now.take_out(some, area))
    elif act == "lived":
        desk.edits = desk.edits.do(desk.now.draw(area, rounded(edit.get("ring"))))
