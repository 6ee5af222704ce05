"""Whether an actor's door is open: its hours, and what its notices say of these days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from directory import hours
from directory.actors import Actor
from directory.calendar import aware, local
from directory.hours import CLOSED, OPEN, UNKNOWN, OpenState
from directory.notices import Notice, NoticeKind, held


def door_state(actor: Actor, at: datetime) -> OpenState:
    """Tell whether a door is open at an aware moment, and until when.

    On the days of a notice it is closed, or unknown where other hours than usual hold.

    Raises:
        BadInputError: the moment has no time zone.
    """
    day = local(at).date()
    if found := held(actor.notices, NoticeKind.CLOSED, day):
        return replace(_reopening(actor, found), opening=CLOSED, notice=found)
    if found := held(actor.notices, NoticeKind.HOURS, day):
        return OpenState(UNKNOWN, notice=found)
    usual = hours.state(actor.hours, at)
    return _cut(actor, usual, day) if actor.notices else usual


def door_states(actors: Sequence[Actor], at: datetime) -> NDArray[np.int8]:
    """Tell it of many at one aware moment: 1 open, 0 closed, -1 unknown, in their order."""
    found = hours.states([actor.hours for actor in actors], at)
    day = local(at).date()
    for place, actor in enumerate(actors):
        if held(actor.notices, NoticeKind.CLOSED, day):
            found[place] = CLOSED
        elif held(actor.notices, NoticeKind.HOURS, day):
            found[place] = UNKNOWN
    return found


def closed_on(actor: Actor, day: date) -> bool:
    """Whether a notice says that it is closed on a day."""
    return held(actor.notices, NoticeKind.CLOSED, day) is not None


def _reopening(actor: Actor, notice: Notice) -> OpenState:
    """Tell what comes after a notice, and after those it runs into."""
    after = notice.until_day + timedelta(days=1)
    while following := held(actor.notices, NoticeKind.CLOSED, after):
        after = following.until_day + timedelta(days=1)
    midnight = aware(datetime.combine(after, time()))
    found = hours.state(actor.hours, midnight)
    if not found.understood or held(actor.notices, NoticeKind.HOURS, after):
        return OpenState(CLOSED)
    if found.opening is not CLOSED:
        return OpenState(CLOSED, next_change=midnight, then=found.opening)
    return OpenState(CLOSED, next_change=found.next_change, then=found.then)


def _cut(actor: Actor, usual: OpenState, day: date) -> OpenState:
    """Bring the next change of usual hours into line with the notices to come."""
    starts = [
        one.from_day
        for one in actor.notices
        if one.kind is NoticeKind.CLOSED and one.from_day > day
    ]
    if usual.opening is OPEN and starts:
        shut = aware(datetime.combine(min(starts), time()))
        if usual.next_change is None or shut < usual.next_change:
            return replace(usual, next_change=shut, then=CLOSED)
    if usual.opening is CLOSED and usual.next_change is not None:
        found = held(actor.notices, NoticeKind.CLOSED, local(usual.next_change).date())
        if found is not None:
            later = _reopening(actor, found)
            return replace(usual, next_change=later.next_change, then=later.then)
    return usual
