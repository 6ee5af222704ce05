"""The rule of opening hours as people write it: "ma, wo, do 9-12 u; gesloten op feestdagen"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from babel.dates import format_date, get_day_names, get_month_names

from directory.hours import CLOSED, OPEN, UNKNOWN, Day, week
from directory.hours_rules import Dates, Rule, Span, What, read_rules, runs
from ui.speech import Speech, speech

HOUR_MIN = 60
DAY_MIN = 24 * HOUR_MIN
WHOLE_WEEK = 7
MONDAY, SUNDAY = 0, 6
LONG_RUN = 2
"""Days between the first and the last from which "Monday to Wednesday" is shorter."""

_APPOINTMENT = re.compile(
    r"(?:(?:et|and|en|only|uniquement|enkel)\s+)?"
    r"(?:by\s+appoint(?:e)?ments?|sur\s+(?:rendez[- ]?vous|rdv)|(?:op|na)\s+afspraak)"
    r"(?:\s+(?:only|uniquement))?\.?",
    re.IGNORECASE,
)


def hours_told(text: str, day: date, language: str | None = None) -> str:
    """Tell hours in a language, whatever they are: the rule, else the week from a day on.

    Hours that are not understood are told as written; "" where there are none.
    """
    if not text.strip():
        return ""
    told = rules_in_words(text, language)
    if told:
        return told
    teller = _Teller(speech(language))
    days = week(text, day)
    if days is None:
        return teller.as_written(text)
    return teller.this_week(days)


class _NoWordsError(Exception):
    """There are no words for it."""


def rules_in_words(text: str, language: str | None = None) -> str:
    """Tell the rule of hours in a language; "" where it is not understood or too intricate.

    >>> rules_in_words("Mo-Fr 9:00-12:00; Su,PH off", "en")
    'Mon–Fri 9:00–12:00; closed on Sundays and public holidays'
    """  # noqa: RUF002
    return _Teller(speech(language)).joined(_rule_lines(text, language))


def _rule_lines(text: str, language: str | None) -> list[str]:
    """Tell each part of the rule; none where it is not understood or too intricate."""
    rules = read_rules(text)
    if rules is None:
        return []
    teller = _Teller(speech(language))
    try:
        parts = [teller.weekly(rule) for rule in rules.week]
        for dates, each in groupby(rules.sometimes, lambda rule: rule.dates):
            told = [teller.dated(rule) if dates else teller.monthly(rule) for rule in each]
            parts += [teller.on_dates(dates, told)] if dates else told
    except _NoWordsError:
        return []
    if rules.otherwise:
        parts.append(teller.otherwise(rules.otherwise))
    return parts


def hours_lines(text: str, day: date, language: str | None = None) -> tuple[str, ...]:
    """Tell what `hours_told` tells, a line for each part of the rule.

    >>> hours_lines("Mo 9:00-12:00; PH off", date(2026, 11, 23), "en")[1]
    'closed on public holidays'
    """
    lines = _rule_lines(text, language) or [hours_told(text, day, language)]
    return tuple(line for line in lines if line)


def is_appointment(comment: str) -> bool:
    """Tell whether a comment says no more than "by appointment".

    >>> is_appointment("uniquement sur rendez-vous"), is_appointment("bel even")
    (True, False)
    """
    return _APPOINTMENT.fullmatch(comment.strip()) is not None


def said_by_owner(comment: str, language: str | None = None) -> str:
    """Tell a comment: "by appointment" in the reader's language, anything else as it was said."""
    return _Teller(speech(language)).comment(comment)


_KINDS = {OPEN: "open", CLOSED: "closed", UNKNOWN: "unknown"}


def _whats(day: Day) -> tuple[What, ...]:
    found: list[What] = []
    for span in day.spans:
        start = span.start.hour * HOUR_MIN + span.start.minute
        end = span.end.hour * HOUR_MIN + span.end.minute
        whole = span.end - span.start >= timedelta(days=1)
        spans: tuple[Span, ...] = () if whole else (Span(start, end),)
        kind = _KINDS[span.opening]
        if found and spans and (found[-1].kind, found[-1].comment) == (kind, span.comment):
            spans = found.pop().spans + spans
        found.append(What(kind, spans, span.comment))
    return tuple(found) or (What("closed", ()),)


@dataclass(frozen=True, slots=True)
class _Teller:
    speech: Speech

    def joined(self, parts: Iterable[str]) -> str:
        told = ""
        for part in parts:
            told = self._("{first}; {next}", first=told, next=part) if told else part
        return told

    def _(self, message: str, **params: object) -> str:
        return self.speech.translate(message, **params)

    def as_written(self, text: str) -> str:
        return self._("As written: {hours} (please call first)", hours=text)

    def this_week(self, days: Iterable[Day]) -> str:
        """Tell seven days as they are, those with the same hours together."""
        by_hours: dict[tuple[What, ...], list[int]] = {}
        for day in sorted(days, key=lambda each: each.day.weekday()):
            by_hours.setdefault(_whats(day), []).append(day.day.weekday())
        rules = [Rule(whats, frozenset(numbers)) for whats, numbers in by_hours.items()]
        rules.sort(key=lambda rule: rule.whats[0].kind == "closed")
        told = self.joined(self.weekly(rule) for rule in rules)
        return self._("the next seven days: {hours}", hours=told)

    def weekly(self, rule: Rule) -> str:
        what = rule.whats[0]
        whole = len(rule.days) == WHOLE_WEEK and not rule.school_holidays
        if what.kind == "closed":
            told = self._("closed") if whole else self._closed_on(rule)
            return self._with_comment(told, what.comment)
        hours = self.hours(rule.whats)
        if whole and not what.spans:
            if what.comment or what.kind == "unknown":
                return hours
            return self._("open day and night, every day")
        return self._on_days(rule, hours)

    def _on_days(self, rule: Rule, hours: str) -> str:
        if len(rule.days) == WHOLE_WEEK and rule.public_holidays and not rule.school_holidays:
            return self._("every day {hours}, public holidays too", hours=hours)
        what = rule.whats[0]
        said = what.kind == "unknown" or (what.comment and not is_appointment(what.comment))
        if said and not what.spans:
            return self._("{when}: {what}", when=self.days(rule), what=hours)
        return f"{self.days(rule)} {hours}"

    def monthly(self, rule: Rule) -> str:
        when = self.speech.listed([self._nth(day, numbers) for day, numbers in rule.nth])
        if rule.whats[0].kind == "closed":
            return self._("{when}: {what}", when=when, what=self.hours(rule.whats))
        return f"{when} {self.hours(rule.whats)}"

    def dated(self, rule: Rule) -> str:
        hours = self.hours(rule.whats)
        if rule.nth:
            return self.monthly(rule)
        if rule.every_day and (rule.whats[0].kind == "closed" or not rule.whats[0].spans):
            return hours
        if rule.whats[0].kind == "closed":
            return self._with_comment(self._closed_on(rule), rule.whats[0].comment)
        one_day = all(d.first == d.last and not d.whole_months for d in rule.dates)
        if rule.every_day and one_day:
            return hours
        return f"{self._('every day')} {hours}" if rule.every_day else self._on_days(rule, hours)

    def on_dates(self, dates: Iterable[Dates], told: list[str]) -> str:
        when = self.speech.listed([self.dates(each) for each in dates])
        return self._("{when}: {what}", when=when, what=self.joined(told))

    def otherwise(self, comment: str) -> str:
        if is_appointment(comment):
            return self._("otherwise by appointment")
        return self._("otherwise: {comment}", comment=self.quoted(comment))

    def hours(self, whats: tuple[What, ...]) -> str:
        return self.speech.listed([self._what(what) for what in whats])

    def _what(self, what: What) -> str:
        if what.kind == "closed":
            told = self._("closed")
        elif what.spans:
            told = self.speech.listed([self.span(span) for span in what.spans])
        elif what.kind == "unknown":
            told = self._("hours unknown")
        elif what.comment:
            return self.quoted(what.comment)
        else:
            told = self._("day and night")
        if what.kind == "unknown" and what.spans and not what.comment:
            return self._("{hours} (to be confirmed)", hours=told)
        return self._with_comment(told, what.comment)

    def _with_comment(self, told: str, comment: str) -> str:
        return f"{told} ({self.comment(comment)})" if comment else told

    def comment(self, comment: str) -> str:
        """Tell a comment, a well-known one in the reader's language."""
        return self._("by appointment") if is_appointment(comment) else comment.strip()

    def quoted(self, comment: str) -> str:
        told = self.comment(comment)
        return told if is_appointment(comment) else self._("“{comment}”", comment=told)

    def span(self, span: Span) -> str:
        if isinstance(span.start, str) or isinstance(span.end, str):
            if (span.start, span.end, span.more) == ("sunrise", "sunset", False):
                return self._("from sunrise to sunset")
            if (span.start, span.end, span.more) == ("dawn", "dusk", False):
                return self._("from dawn to dusk")
            raise _NoWordsError
        start = self.clock(span.start)
        if span.end is None:
            return self._("from {start}", start=start)
        end = self.clock(span.end or DAY_MIN)
        if span.more:
            return self._("{start}–{end} or later", start=start, end=end)  # noqa: RUF001
        return self._("{start}–{end}", start=start, end=end)  # noqa: RUF001

    def clock(self, minutes: int) -> str:
        """Tell an hour as a person writes it: 9 h 30, 9.30, 9:30."""
        if minutes == DAY_MIN:
            return self._("24:00")
        hour, minute = divmod(minutes % DAY_MIN, HOUR_MIN)
        if minute:
            return self._("{hour}:{minute}", hour=hour, minute=f"{minute:02}")
        return self._("{hour}:00", hour=hour)

    def days(self, rule: Rule) -> str:
        if not rule.days:
            return self._only_holidays(rule)
        if len(rule.days) == WHOLE_WEEK:
            told = self._("every day")
        else:
            told = ", ".join(
                part
                for first, last in runs(rule.days)
                for part in self._run(first, last, self._short)
            )
        if rule.public_holidays:
            told = self._("{days} and public holidays", days=told)
        if rule.school_holidays:
            told = self._("{days} and school holidays", days=told)
        return told

    def _only_holidays(self, rule: Rule) -> str:
        if rule.public_holidays and rule.school_holidays:
            return self._("{days} and school holidays", days=self._("on public holidays"))
        if rule.public_holidays:
            return self._("on public holidays")
        return self._("in the school holidays")

    def _run(self, first: int, last: int, name: "dict[int, str]") -> list[str]:
        if last - first >= LONG_RUN:
            return [f"{name[first]}\N{EN DASH}{name[last]}"]
        return [name[day] for day in range(first, last + 1)]

    def _closed_on(self, rule: Rule) -> str:
        if not rule.days and not rule.public_holidays:
            return self._("closed in the school holidays")
        items, name = [], self._long
        stretches = runs(rule.days)
        if stretches == [(MONDAY, MONDAY), (SUNDAY, SUNDAY)]:
            stretches.reverse()  # "on Sundays and Mondays": the days follow each other
        for first, last in stretches:
            if last - first >= LONG_RUN:
                items.append(self._("{first}s through {last}s", first=name[first], last=name[last]))
            else:
                items += [self._("{weekday}s", weekday=name[n]) for n in range(first, last + 1)]
        if rule.public_holidays:
            items.append(self._("public holidays"))
        if rule.school_holidays:
            items.append(self._("school holidays"))
        return self._("closed on {days}", days=self.speech.listed(items))

    @property
    def _short(self) -> dict[int, str]:
        names = get_day_names("abbreviated", context="format", locale=self.speech.locale)
        return {day: str(names[day]).removesuffix(".") for day in range(7)}

    @property
    def _long(self) -> dict[int, str]:
        names = get_day_names("wide", context="format", locale=self.speech.locale)
        return {day: str(names[day]) for day in range(7)}

    def _nth(self, day: int, numbers: tuple[int, ...]) -> str:
        words = {
            1: self._("first"),
            2: self._("second"),
            3: self._("third"),
            4: self._("fourth"),
            5: self._("fifth"),
            -1: self._("last"),
        }
        if not set(numbers) <= words.keys():
            raise _NoWordsError
        ordinals = self.speech.listed([words[number] for number in numbers])
        return self._(
            "every {ordinals} {weekday} of the month", ordinals=ordinals, weekday=self._long[day]
        )

    def dates(self, dates: Dates) -> str:
        """Tell a stretch of the calendar: July-August, 15-31 July, 1 January."""
        months = get_month_names("wide", context="format", locale=self.speech.locale)
        first, last = dates.first, dates.last
        if dates.whole_months:
            told = str(months[first.month])
            if last.month != first.month:
                told += f"\N{EN DASH}{months[last.month]}"
        elif first == last:
            told = self._date(first)
        elif first.month == last.month and first.year == last.year:
            told = f"{self._day_of_month(first)}\N{EN DASH}{self._date(last)}"
        else:
            told = f"{self._date(first)} \N{EN DASH} {self._date(last)}"
        return f"{told} {last.year}" if dates.year else told

    def _date(self, day: date) -> str:
        return f"{self._day_of_month(day)} {format_date(day, 'MMMM', locale=self.speech.locale)}"

    def _day_of_month(self, day: date) -> str:
        return "1er" if self.speech.language == "fr" and day.day == 1 else str(day.day)
