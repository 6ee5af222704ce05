"""Days as Belgium lives them: public holidays, and when an activity takes place."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from dateutil.easter import easter

from directory.activities import Activity, Occurrence
from directory.clock import BRUSSELS
from directory.recurrence import check_rrule, wall_times
from geo.errors import N_, BadInputError


class Holiday(StrEnum):
    """The public holidays of Belgium (law of 4 January 1974), and Easter Sunday."""

    NEW_YEAR = "new_year"
    EASTER = "easter"
    EASTER_MONDAY = "easter_monday"
    LABOUR_DAY = "labour_day"
    ASCENSION = "ascension"
    WHIT_MONDAY = "whit_monday"
    NATIONAL_DAY = "national_day"
    ASSUMPTION = "assumption"
    ALL_SAINTS = "all_saints"
    ARMISTICE = "armistice"
    CHRISTMAS = "christmas"


_FIXED = {
    (1, 1): Holiday.NEW_YEAR,
    (5, 1): Holiday.LABOUR_DAY,
    (7, 21): Holiday.NATIONAL_DAY,
    (8, 15): Holiday.ASSUMPTION,
    (11, 1): Holiday.ALL_SAINTS,
    (11, 11): Holiday.ARMISTICE,
    (12, 25): Holiday.CHRISTMAS,
}
_AFTER_EASTER = {
    0: Holiday.EASTER,
    1: Holiday.EASTER_MONDAY,
    39: Holiday.ASCENSION,
    50: Holiday.WHIT_MONDAY,
}


@lru_cache(maxsize=64)
def _easter(year: int) -> date:
    return easter(year)


def holiday(day: date) -> Holiday | None:
    """Name the public holiday of a day, if it is one.

    >>> holiday(date(2026, 7, 21))
    <Holiday.NATIONAL_DAY: 'national_day'>
    """
    return _AFTER_EASTER.get((day - _easter(day.year)).days) or _FIXED.get((day.month, day.day))


def local(moment: datetime) -> datetime:
    """Return the naive Brussels wall time of an aware moment.

    Raises:
        BadInputError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise BadInputError(
            N_("Expected a moment with a time zone, found {moment}."), moment=moment.isoformat()
        )
    return moment.astimezone(BRUSSELS).replace(tzinfo=None)


def aware(wall: datetime) -> datetime:
    """Return the moment of a naive Brussels wall time; one the clocks skip moves on an hour."""
    return wall.replace(tzinfo=BRUSSELS).astimezone(UTC).astimezone(BRUSSELS)


def _walls(rule: str, first: datetime, end: datetime) -> Iterator[datetime]:
    if rule:
        return wall_times(check_rrule(rule), first, end)
    return iter([first] if first < end else [])


def occurrences(activity: Activity, start: datetime, end: datetime) -> list[Occurrence]:
    """List, in order, the times an activity takes place that touch [start, end).

    Both bounds are aware. Recurrences are laid on the Brussels wall clock, so that 10:00 stays
    10:00 when the clocks change; at most `recurrence.MAX_STEPS` are looked at from the first on.
    An activity without a schedule has none: its times are unknown.

    Raises:
        BadInputError: a bound has no time zone, or the rule is not an accepted one.
    """
    schedule = activity.schedule
    if schedule is None:
        return []
    first = local(schedule.start)
    lasts = local(schedule.end) - first if schedule.end else None
    excluded = {moment.astimezone(UTC) for moment in schedule.except_on}
    begins, ends = local(start), local(end)
    found = []
    for wall in _walls(schedule.rrule, first, ends):
        if wall < begins and wall + (lasts or timedelta()) <= begins:
            continue
        moment = aware(wall)
        if moment.astimezone(UTC) not in excluded:
            till = aware(wall + lasts) if lasts is not None else None
            found.append(Occurrence(activity_id=activity.id, start=moment, end=till))
    return found
