"""The RFC 5545 recurrence rules Plein accepts, and the days they fall on."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import lru_cache
from itertools import islice

from dateutil.rrule import rrulestr

from directory.clock import BRUSSELS
from geo.errors import N_, BadInputError

MAX_LENGTH = 300
"""Characters of a rule; the longest sensible one has about 120."""
MAX_STEPS = 50_000
"""Occurrences looked at, from the first on: 136 years of every day."""

_DAY = r"(?:MO|TU|WE|TH|FR|SA|SU)"
_MONTH_DAY = r"-?(?:0?[1-9]|[12][0-9]|3[01])"
_PARTS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"0{0,3}[1-9][0-9]{0,2}",
    "COUNT": r"[1-9][0-9]{0,3}",
    "UNTIL": r"[0-9]{8}(?:T[0-9]{6}Z?)?",
    "WKST": _DAY,
    "BYMONTH": r"(?:0?[1-9]|1[0-2])(?:,(?:0?[1-9]|1[0-2])){0,11}",
    "BYMONTHDAY": rf"{_MONTH_DAY}(?:,{_MONTH_DAY}){{0,30}}",
    "BYDAY": rf"(?:[+-]?[1-5])?{_DAY}(?:,(?:[+-]?[1-5])?{_DAY}){{0,34}}",
    "BYSETPOS": r"[+-]?[1-5](?:,[+-]?[1-5]){0,9}",
}
"""What a part may hold. Hours and minutes are not here: an activity starts once a day."""
_FILTERS = ("BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS")
_LATE = datetime(9968, 1, 1)  # noqa: DTZ001 - wall time; 32 years before dateutil's end of time


def check_rrule(text: str) -> str:
    """Return the rule, without “RRULE:” and in capitals, or refuse it.

    Daily, weekly, monthly and yearly rules are accepted that fall on at least one day.

    Raises:
        BadInputError: the rule is malformed, repeats more than daily or never occurs.

    >>> check_rrule("RRULE:freq=weekly;byday=TU")
    'FREQ=WEEKLY;BYDAY=TU'
    """
    rule = text.strip().upper().removeprefix("RRULE:")
    if len(rule) > MAX_LENGTH:
        raise BadInputError(
            N_("A recurrence rule has {limit} characters at most, this one {length}."),
            limit=MAX_LENGTH,
            length=len(rule),
        )
    _check_parts(rule)
    if not _occurs(rule):
        raise BadInputError(
            N_("The recurrence rule “{rule}” falls on no day. Correct it."), rule=rule
        )
    return rule


def _check_parts(rule: str) -> None:
    given: dict[str, str] = {}
    for part in rule.split(";"):
        key, _, value = part.partition("=")
        if key in given or not re.fullmatch(_PARTS.get(key, r"(?!)"), value, re.ASCII):
            raise BadInputError(
                N_(
                    "Expected a daily, weekly, monthly or yearly recurrence rule of RFC 5545, "
                    "found “{part}”."
                ),
                part=part[:80],
            )
        given[key] = value
    numbered = any(character.isdigit() for character in given.get("BYDAY", ""))
    refused = (
        "FREQ" not in given
        or ("COUNT" in given and "UNTIL" in given)
        or (numbered and given["FREQ"] in ("DAILY", "WEEKLY"))
        or (given["FREQ"] == "WEEKLY" and "BYMONTHDAY" in given)
        or ("BYSETPOS" in given and not {"BYDAY", "BYMONTHDAY"} & given.keys())
        or (given["FREQ"] == "DAILY" and "INTERVAL" in given and given.keys() & set(_FILTERS))
    )
    if refused:
        raise BadInputError(
            N_("The parts of the recurrence rule “{rule}” do not go together."), rule=rule
        )


@lru_cache(maxsize=1024)
def _occurs(rule: str) -> bool:
    """Whether it ever falls on a day, tried in the last years dateutil knows: it stops there."""
    kept = [part for part in rule.split(";") if not part.startswith(("COUNT", "UNTIL", "INTERVAL"))]
    try:
        _until(rule)
        return next(iter(rrulestr(";".join(kept), dtstart=_LATE)), None) is not None
    except (ValueError, OverflowError):
        return False


def _until(rule: str) -> datetime | None:
    """Read the last moment of a rule as naive Brussels wall time; a bare day is included."""
    found = re.search(r"UNTIL=(\d{8})(?:T(\d{6})(Z?))?", rule)
    if found is None:
        return None
    day = datetime.strptime(found[1], "%Y%m%d")  # noqa: DTZ007 - wall time
    if found[2] is None:
        return datetime.combine(day, time.max)
    moment = datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S")  # noqa: DTZ007 - wall time
    if found[3]:
        moment = moment.replace(tzinfo=UTC).astimezone(BRUSSELS).replace(tzinfo=None)
    return moment


def wall_times(rule: str, first: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the occurrences of a checked rule from `first` until before `end`, in order.

    All are naive wall times: 10:00 stays 10:00 when the clocks change. At most `MAX_STEPS`
    are looked at.
    """
    last = _until(rule)
    kept = [part for part in rule.split(";") if not part.startswith("UNTIL")]
    for moment in islice(rrulestr(";".join(kept), dtstart=first), MAX_STEPS):
        if moment >= end or (last is not None and moment > last):
            return
        yield moment
