"""The rules that opening hours are made of, resolved as far as people tell them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from opening_hours import (  # type: ignore[attr-defined]  # its stubs miss ParserError
    OpeningHours,
    ParserError,
)

from directory.hours import NIGHT_ENDS_H, parse
from directory.hours_mending import same_times

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LEAP_YEAR = 2028
"""For a day and month without a year: 29 February is one."""
NIGHT_ENDS = f"{NIGHT_ENDS_H:02}:00"
_WEEK = frozenset(range(7))
_NONE: frozenset[int] = frozenset()


class Span(NamedTuple):
    """From and until when: minutes after midnight, or an event such as "sunset".

    `more` is open end: until `end` or later, or with no end known at all (None).
    """

    start: int | str
    end: int | str | None
    more: bool = False


class What(NamedTuple):
    """What holds: open, closed or unknown at these spans (none: the whole day), and why."""

    kind: str
    spans: tuple[Span, ...]
    comment: str = ""


class Dates(NamedTuple):
    """A stretch of the calendar: whole months, or days; `year` None is every year."""

    first: date
    last: date
    whole_months: bool
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """On which days something holds; `nth` is (day of the week, its numbers in the month)."""

    whats: tuple[What, ...]
    days: frozenset[int] = frozenset()
    public_holidays: bool = False
    school_holidays: bool = False
    nth: tuple[tuple[int, tuple[int, ...]], ...] = ()
    dates: tuple[Dates, ...] = ()
    joined: str = ";"

    @property
    def every_day(self) -> bool:
        """Whether no day is named."""
        return not (self.days or self.public_holidays or self.school_holidays or self.nth)


@dataclass(frozen=True, slots=True)
class Rules:
    """Hours as people tell them: the week, then what differs, then what else is possible.

    `week` has each day and kind of holiday once at most; `sometimes` are days of the month and
    parts of the year, in their order; `otherwise` is what holds at all other times.
    """

    week: tuple[Rule, ...]
    sometimes: tuple[Rule, ...]
    otherwise: str = ""


class _NotTellableError(Exception):
    """The rules are more than what is told in words."""


_CLOCK = r"\d\d:\d\d|sunrise|sunset|dawn|dusk"
_SPAN = re.compile(rf"({_CLOCK})(?:-({_CLOCK}))?(\+)?")
_MONTH = "|".join(MONTHS)
_DATE = re.compile(
    rf"(?P<year>\d{{4}})?\s?(?P<month>{_MONTH})(?:\s(?P<day>\d+))?"
    rf"(?:-(?P<last_year>\d{{4}})?\s?(?P<last_month>{_MONTH})(?:\s(?P<last_day>\d+))?)?"
)
_DAY_ITEM = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su)|\[[-\d,]+\])?|PH|SH"
_RULE = re.compile(
    rf"(?:24/7)?(?P<dates>{_DATE.pattern.replace('?P<', '?P<_')}(?:,(?:{_MONTH})[\w -]*)*)?\s*"
    rf"(?P<days>(?:{_DAY_ITEM})(?:,(?:{_DAY_ITEM}))*)?\s*"
    rf"(?P<spans>{_SPAN.pattern}(?:,{_SPAN.pattern})*)?\s*"
    r'(?P<kind>closed|unknown)?\s*(?:"(?P<comment>[^"]*)")?'
)
_SEPARATOR = re.compile(r'("[^"]*")|\s?(;|,|\|\|)\s')


@lru_cache(maxsize=8192)
def read_rules(text: str) -> Rules | None:
    """Read hours into rules; None where they are not understood or have more than can be told.

    What is returned was evaluated for a year beside the text itself and is open at the same times.

    >>> [sorted(rule.days) for rule in read_rules("Mo-Fr 09:00-12:00; We off").week]
    [[0, 1, 3, 4], [2]]
    """
    hours = parse(text)
    if hours is None:
        return None
    right = hours.mended or text
    try:
        rules = [_read_rule(part, sign) for sign, part in _parts(str(OpeningHours(right)))]
        otherwise = _take_otherwise(rules)
        found = Rules(tuple(_resolve(rules)), tuple(_sometimes(rules)), otherwise)
        written = write_rules(found)
        same = all(
            same_times(_plain(right, days).split("||")[0], _plain(written, days))
            for days in (("SH", "Mo-Su") if hours.school_holidays else ("SH",))
        )
    except (_NotTellableError, ParserError):
        return None
    return found if same else None


def _plain(text: str, days: str) -> str:
    """Write other days for school holidays, and end nights at midnight.

    In "Fr 20:00-02:00; Sa off" the library ends Friday's night at midnight, in "Sa off; Fr …" not:
    people tell both in the same words.
    """

    def end(found: re.Match[str]) -> str:
        return f"{found[1]}-24:00" if found[2] < found[1] and found[2] <= NIGHT_ENDS else found[0]

    text = re.sub(r"(\d\d:\d\d)-(\d\d:\d\d)", end, re.sub(r"\bSH\b", days, text))
    return re.sub(r"-24:00\+", "-24:00", text)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Part a text into rules, each with the sign before it."""
    marked = _SEPARATOR.sub(lambda found: found[1] or f"\0{found[2]}\0", text)
    pieces = [";", *marked.split("\0")]
    yield from zip(pieces[::2], pieces[1::2], strict=True)


def _read_rule(text: str, sign: str) -> Rule:
    found = _RULE.fullmatch(text.strip())
    if found is None:
        raise _NotTellableError
    comment = found["comment"] or ""
    spans = tuple(
        Span(_moment(each[1]), _moment(each[2]) if each[2] else None, bool(each[3]))
        for each in _SPAN.finditer(found["spans"] or "")
    )
    kind = {"closed": "closed", "unknown": "unknown"}.get(found["kind"] or "", "open")
    rule = Rule(
        (What(kind, spans, comment),),
        dates=tuple(_dates(each) for each in _DATE.finditer(found["dates"] or "")),
        joined=sign,
    )
    return _on_days(rule, found["days"])


def _on_days(rule: Rule, text: str | None) -> Rule:
    days: set[int] = set()
    nth: list[tuple[int, tuple[int, ...]]] = []
    items = re.findall(_DAY_ITEM, text or "")
    for item in items:
        if item in ("PH", "SH"):
            continue
        first = DAYS.index(item[:2])
        if "[" in item:
            nth.append((first, tuple(int(n) for n in item[3:-1].split(","))))
        else:
            last = DAYS.index(item[3:]) if "-" in item else first
            days |= {(first + n) % 7 for n in range((last - first) % 7 + 1)}
    if nth and (days or "PH" in items or "SH" in items):
        raise _NotTellableError
    return replace(
        rule,
        days=frozenset(days),
        nth=tuple(nth),
        public_holidays="PH" in items,
        school_holidays="SH" in items,
    )


def _moment(text: str) -> int | str:
    return int(text[:2]) * 60 + int(text[3:]) if text[0].isdigit() else text


def _dates(found: re.Match[str]) -> Dates:
    year = int(found["year"]) if found["year"] else None
    last_year = int(found["last_year"]) if found["last_year"] else None
    month = MONTHS.index(found["month"]) + 1
    last_month = MONTHS.index(found["last_month"]) + 1 if found["last_month"] else month
    whole = not (found["day"] or found["last_day"])
    if bool(found["last_month"]) and bool(found["day"]) != bool(found["last_day"]):
        raise _NotTellableError
    first_day = int(found["day"] or 1)
    last_day = int(found["last_day"] or (found["day"] if not found["last_month"] else 1) or 1)
    first = date(year or LEAP_YEAR, month, first_day)
    return Dates(first, date(last_year or year or LEAP_YEAR, last_month, last_day), whole, year)


def _take_otherwise(rules: list[Rule]) -> str:
    """Take `|| "by appointment"` from the end."""
    if not any(rule.joined == "||" for rule in rules):
        return ""
    last = rules.pop()
    what = last.whats[0]
    bare = last.every_day and not (last.dates or what.spans) and what.kind != "closed"
    if last.joined != "||" or not bare or not what.comment or any(r.joined == "||" for r in rules):
        raise _NotTellableError
    return what.comment


def _is_weekly(rule: Rule) -> bool:
    return not (rule.dates or rule.nth)


def _sometimes(rules: Iterable[Rule]) -> Iterator[Rule]:
    for rule in rules:
        if not _is_weekly(rule):
            if rule.joined == "," and rule.whats[0].kind != "closed" and not rule.dates:
                raise _NotTellableError
            yield replace(rule, joined=";")


def _resolve(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Give each day what holds on it in the end; days that have the same come together."""
    table: dict[int | str, tuple[What, ...]] = {}
    for rule in rules:
        if not _is_weekly(rule):
            continue
        keys: list[int | str] = sorted(_WEEK if rule.every_day else rule.days)
        keys += ["PH"] * rule.public_holidays + ["SH"] * rule.school_holidays
        for key in keys:
            table[key] = _added(table.get(key, ()), rule)
    order: dict[tuple[What, ...], list[int | str]] = {}
    for key in sorted(table, key=lambda each: (isinstance(each, str), str(each))):
        order.setdefault(table[key], []).append(key)
    for whats, keys in sorted(order.items(), key=lambda each: each[0][0].kind == "closed"):
        yield Rule(
            whats,
            frozenset(key for key in keys if isinstance(key, int)),
            public_holidays="PH" in keys,
            school_holidays="SH" in keys,
        )


def _added(before: tuple[What, ...], rule: Rule) -> tuple[What, ...]:
    what = rule.whats[0]
    if rule.joined != "," or what.kind == "closed" or not before or before[0].kind == "closed":
        return rule.whats
    last = before[-1]
    if (last.kind, last.comment) == (what.kind, what.comment) and last.spans and what.spans:
        spans = tuple(sorted({*last.spans, *what.spans}, key=lambda span: str(span.start).zfill(4)))
        return (*before[:-1], last._replace(spans=spans))
    return (*before, what)


def write_rules(rules: Rules) -> str:
    """Write rules in OpenStreetMap's syntax, without what holds otherwise.

    >>> write_rules(read_rules("Mo-Fr 9:00-12:00; We off"))
    'Mo,Tu,Th,Fr 09:00-12:00; We off'
    """
    holidays = [rule for rule in rules.week if rule.public_holidays or rule.school_holidays]
    parts = [
        *(replace(r, public_holidays=False, school_holidays=False) for r in rules.week if r.days),
        *(replace(r, days=_NONE, school_holidays=False) for r in holidays if r.public_holidays),
        *(replace(r, days=_NONE, public_holidays=False) for r in holidays if r.school_holidays),
        *rules.sometimes,
    ]
    return "; ".join(_write(rule) for rule in parts) or "off"


def _write(rule: Rule) -> str:
    days = [DAYS[day] for day in sorted(rule.days)]
    days += [f"{DAYS[day]}[{','.join(map(str, numbers))}]" for day, numbers in rule.nth]
    days += ["PH"] * rule.public_holidays + ["SH"] * rule.school_holidays
    when = " ".join(
        part
        for part in (",".join(_write_dates(each) for each in rule.dates), ",".join(days))
        if part
    )
    return ", ".join(f"{when} {_write_what(what)}".strip() for what in rule.whats)


def _write_dates(dates: Dates) -> str:
    year = f"{dates.year} " if dates.year else ""
    last_year = f"{dates.last.year} " if dates.year else ""
    form = "{0}{1}" if dates.whole_months else "{0}{1} {2}"
    first = form.format(year, MONTHS[dates.first.month - 1], dates.first.day)
    last = form.format(last_year, MONTHS[dates.last.month - 1], dates.last.day)
    return first if first == last else f"{first}-{last}"


def _write_what(what: What) -> str:
    spans = ",".join(
        write_moment(span.start)
        + (f"-{write_moment(span.end)}" if span.end is not None else "")
        + "+" * span.more
        for span in what.spans
    )
    kind = {"closed": "off", "unknown": "unknown"}.get(what.kind, "" if spans else "open")
    return " ".join(filter(None, (spans, kind, f'"{what.comment}"' if what.comment else "")))


def write_moment(moment: int | str) -> str:
    """Write minutes after midnight as 09:30, or name the event."""
    return moment if isinstance(moment, str) else f"{moment // 60:02}:{moment % 60:02}"


def runs(days: Iterable[int]) -> list[tuple[int, int]]:
    """Put days that follow each other together, as (first, last).

    >>> runs({0, 1, 2, 5})
    [(0, 2), (5, 5)]
    """
    numbered = enumerate(sorted(days))
    parts = [
        [day for _, day in part] for _, part in groupby(numbered, lambda each: each[1] - each[0])
    ]
    return [(part[0], part[-1]) for part in parts]
