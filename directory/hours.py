"""Opening hours in OpenStreetMap's syntax: open now, until when, and the week."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from opening_hours import (  # type: ignore[attr-defined]  # its stubs miss ParserError
    OpeningHours,
    ParserError,
    State,
)

from directory.calendar import Holiday, aware, holiday, local
from directory.hours_mending import mend
from directory.notices import Notice


class Opening(IntEnum):
    """Whether a place is open; unknown is neither."""

    CLOSED = 0
    OPEN = 1
    UNKNOWN = -1


CLOSED, OPEN, UNKNOWN = Opening.CLOSED, Opening.OPEN, Opening.UNKNOWN

MAX_LENGTH = 1000
"""Characters of hours; OpenStreetMap allows 255."""
HORIZON_DAYS = 366
"""A change farther off than this is not looked for."""
MAX_CHANGES = 64
"""Changes of state or comment passed over while looking for the next one."""
NIGHT_ENDS_H = 6
"""A span that runs into the next day until this hour is told with the day it began."""

_STATE = {State.OPEN: OPEN, State.CLOSED: CLOSED, State.UNKNOWN: UNKNOWN}


@dataclass(frozen=True, slots=True)
class OpenState:
    """The state at a moment, when it changes (None: not within a year) and what is said of it.

    `holiday` is today's public holiday where it is why the place is closed. `doubt` is the public
    holiday of today, where it is open, or of the day it opens, where its hours tell nothing of
    public holidays: it may well be closed.
    `then` is what it changes to. `understood` is False where the hours are none, or a text that
    cannot be understood. `notice` is what overrules the hours on this day.
    """

    opening: Opening
    next_change: datetime | None = None
    comment: str = ""
    holiday: Holiday | None = None
    doubt: Holiday | None = None
    understood: bool = True
    then: Opening = Opening.UNKNOWN
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time; CLOSED only where a comment tells why. Both ends are aware."""

    start: datetime
    end: datetime
    opening: Opening
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day's spans in order (empty: closed) and its public holiday."""

    day: date
    spans: tuple[Span, ...]
    holiday: Holiday | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours that were understood.

    `school_holidays` tells that they differ in school holidays, which differ by community and
    which Plein does not know: where they decide, the state is unknown. `mended` is the text with
    its plain slips mended, "" where there was none: what is evaluated, for an editor to see.
    """

    text: str
    rules: tuple[OpeningHours, ...]
    in_school_holidays: tuple[OpeningHours, ...] = ()
    school_holidays: bool = False
    mended: str = ""

    def at(self, wall: datetime) -> tuple[Opening, str]:
        """Return the state and comment at a naive Brussels wall time."""
        state = self._by_rules(self.rules, wall)
        if self.school_holidays and (
            not self.in_school_holidays
            or self._by_rules(self.in_school_holidays, wall)[0] is not state[0]
        ):
            return UNKNOWN, state[1]
        return state

    def _by_rules(self, rules: Iterable[OpeningHours], wall: datetime) -> tuple[Opening, str]:
        opening, comment = CLOSED, ""
        for rule in rules:  # after "||": what holds where the rules before say closed
            state, comment = rule.state(wall)
            opening = _STATE[state]
            if opening is OPEN and comment and not _SAYS_OPEN.search(self.text):
                opening = UNKNOWN
            if opening is not CLOSED:
                break
        return opening, comment

    def next_change(self, wall: datetime) -> datetime | None:
        """Return the wall time at which the state next differs, None where not within a year."""
        opening = self.at(wall)[0]
        limit = wall + timedelta(days=HORIZON_DAYS)
        moment: datetime | None = wall
        for _ in range(MAX_CHANGES):
            moment = self._boundary(moment) if moment else None
            if moment is None or moment > limit:
                return None
            if self.at(moment)[0] is not opening:
                return moment
        return None

    def _boundary(self, wall: datetime) -> datetime | None:
        changes = (rule.next_change(wall) for rule in (*self.rules, *self.in_school_holidays))
        return min((change for change in changes if change is not None), default=None)

    def stretches(self, start: datetime, end: datetime) -> Iterator[Span]:
        """Yield the spans of [start, end), wall times, that have one state and one comment."""
        while start < end:
            state, stop = self.at(start), self._boundary(start)
            while stop is not None and stop < end and self.at(stop) == state:
                stop = self._boundary(stop)
            stop = end if stop is None else min(stop, end)
            yield Span(start, stop, *state)
            start = stop


# OpenStreetMap: a comment alone means "depends on it", unless the word open stands before it.
_SAYS_OPEN = re.compile(r'\bopen\s*"')
_QUOTED = r'"[^"]*"'


def _compile(text: str, *, country: str | None = "BE") -> tuple[OpeningHours, ...]:
    marked = re.sub(rf"{_QUOTED}|\|\|", lambda found: "\0" if found[0] == "||" else found[0], text)
    return tuple(
        OpeningHours(rule.strip(), country=country, max_interval_days=HORIZON_DAYS)
        for rule in marked.split("\0")
    )


@lru_cache(maxsize=8192)
def parse(text: str) -> Hours | None:
    """Understand hours, plain slips mended; None where the text is none that can be understood.

    >>> parse("Mo-Fr 9-12").mended, parse("Mo-Fr 09:00-12:00").mended
    ('Mo-Fr 09:00-12:00', '')
    >>> parse("ma-di 9-12") is None
    True
    """
    if not text.strip() or len(text) > MAX_LENGTH:
        return None
    right = mend(text)
    if right is None:
        return None
    mended = "" if right == text else right
    always = re.sub(
        rf"{_QUOTED}|\bSH\b", lambda found: found[0] if found[0][0] == '"' else "Mo-Su", right
    )
    try:
        rules = _compile(right)
    except ParserError:
        return None
    if always == right:
        return Hours(text, rules, mended=mended)
    try:
        return Hours(text, rules, _compile(always), school_holidays=True, mended=mended)
    except ParserError:
        return Hours(text, rules, school_holidays=True, mended=mended)


def state(text: str, at: datetime) -> OpenState:
    """Tell whether a place with these hours is open at an aware moment, and until when.

    Raises:
        BadInputError: the moment has no time zone.
    """
    wall, hours = local(at), parse(text)
    if hours is None:
        return OpenState(UNKNOWN, understood=False)
    opening, comment = hours.at(wall)
    change = hours.next_change(wall)
    then = hours.at(change)[0] if change else opening
    opens = wall if opening is OPEN else change if then is OPEN else None
    return OpenState(
        opening,
        next_change=aware(change) if change else None,
        comment=comment,
        holiday=_closing_holiday(hours, wall) if opening is CLOSED else None,
        doubt=_doubtful_holiday(hours, opens) if opens else None,
        then=then,
    )


def _doubtful_holiday(hours: Hours, opens: datetime) -> Holiday | None:
    """Return the public holiday on which it is open only because its hours tell nothing of it.

    Or tell it where few people mean it: in "PH off; Mo-Fr 09:00-17:00" the days overrule it.
    """
    found = holiday(opens.date())
    rules = re.sub(_QUOTED, "", hours.mended or hours.text).upper()
    if found is None or rules.strip() == "24/7":
        return None
    parts = sorted(rules.split(";"), key=lambda part: re.search(r"\bPH\b", part) is not None)
    if not re.search(r"\bPH\b", parts[-1]):
        return found
    try:
        last = Hours("", _compile("; ".join(part.strip() for part in parts if part.strip())))
    except ParserError:
        return found
    return None if last.at(opens)[0] is OPEN else found


def _closing_holiday(hours: Hours, wall: datetime) -> Holiday | None:
    """Return today's public holiday where without it the place would be open at some hour today."""
    found = holiday(wall.date())
    if found is None:
        return None
    day = datetime.combine(wall.date(), time())
    today = (day, day + timedelta(days=1))
    if any(span.opening is not CLOSED for span in hours.stretches(*today)):
        return None
    text = hours.mended or hours.text
    ordinary = Hours(text, _compile(text, country=None))
    return found if any(span.opening is OPEN for span in ordinary.stretches(*today)) else None


def states(texts: Iterable[str], at: datetime) -> NDArray[np.int8]:
    """Tell it of many at one aware moment: 1 open, 0 closed, -1 unknown, in their order.

    >>> from datetime import UTC
    >>> states(["24/7", "24/7 off", "?"], datetime(2026, 11, 23, tzinfo=UTC)).tolist()
    [1, 0, -1]
    """
    wall, texts = local(at), list(texts)
    known = {text: parse(text) for text in set(texts)}
    found = {text: hours.at(wall)[0] if hours else UNKNOWN for text, hours in known.items()}
    return np.array([found[text] for text in texts], dtype=np.int8)


def week(text: str, day: date) -> tuple[Day, ...] | None:
    """Return the spans of the seven days from `day` on; None where the hours are unknown.

    A span that ends in the small hours stays whole, with the day it began; others are cut at
    midnight, so that what is open day and night has one span a day.
    """
    hours = parse(text)
    if hours is None:
        return None
    midnight = datetime.combine(day, time())
    by_day: dict[date, list[Span]] = {}
    for whole in hours.stretches(midnight - timedelta(days=1), midnight + timedelta(days=8)):
        for span in _cut(whole):
            if span.opening is not CLOSED or span.comment:
                by_day.setdefault(span.start.date(), []).append(span)
    days = (day + timedelta(days=n) for n in range(7))
    return tuple(
        Day(
            one,
            tuple(
                Span(aware(span.start), aware(span.end), span.opening, span.comment)
                for span in by_day.get(one, ())
            ),
            holiday(one),
        )
        for one in days
    )


def _cut(span: Span) -> Iterator[Span]:
    start = span.start
    while True:
        midnight = datetime.combine(start.date() + timedelta(days=1), time())
        if span.end <= midnight + timedelta(hours=NIGHT_ENDS_H):
            break
        yield Span(start, midnight, span.opening, span.comment)
        start = midnight
    yield Span(start, span.end, span.opening, span.comment)
