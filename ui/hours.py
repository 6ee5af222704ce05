"""Opening hours told in words: now, and day by day."""

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date, format_time

from directory import hours
from directory.hours import CLOSED, OPEN, Span
from ui.holidays import holiday_name
from ui.language import _, current


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week, told: its name and its hours."""

    name: str
    hours: str
    today: bool


def hours_in_words(text: str, at: datetime) -> tuple[str, list[Day]]:
    """Tell whether it is open at a moment, and its week; hours not understood are told as written.

    Nothing at all where no hours are known.
    """
    if not text:
        return "", []
    days = hours.week(text, at.date())
    if days is None:
        return _("As written: {hours}", hours=text), []
    state = hours.state(text, at)
    week = [
        Day(_day_name(found.day, found), _spans(found.spans), found.day == at.date())
        for found in days
    ]
    told = {OPEN: _open, CLOSED: _closed}.get(state.opening, _unknown)(state.next_change, at)
    return (f"{told} ({state.comment})" if state.comment else told), week


def _open(change: datetime | None, at: datetime) -> str:
    if change is None:
        return _("Open now, day and night")
    return _("Open now, until {moment}", moment=_when(change, at))


def _closed(change: datetime | None, at: datetime) -> str:
    if change is None:
        return _("Closed")
    return _("Closed now, opens {moment}", moment=_when(change, at))


def _unknown(change: datetime | None, at: datetime) -> str:
    del change, at
    return _("It depends: ask before you go")


def _when(moment: datetime, at: datetime) -> str:
    clock = _clock(moment)
    days_away = (moment.date() - at.date()).days
    if days_away == 0:
        return clock
    if days_away == 1:
        return _("tomorrow at {clock}", clock=clock)
    form = "EEEE" if days_away < 7 else "EEEE d MMMM"  # noqa: PLR2004 - a week
    named = format_date(moment.date(), form, locale=current())
    return _("{day} at {clock}", day=named, clock=clock)


def _clock(moment: datetime) -> str:
    return format_time(moment, "HH:mm", locale=current())


def _spans(spans: tuple[Span, ...]) -> str:
    return ", ".join(_span(span) for span in spans) or _("closed")


def _span(span: Span) -> str:
    if span.opening is CLOSED:
        told = _("closed")
    elif (span.end - span.start).total_seconds() >= 24 * 3600:
        told = _("day and night")
    else:
        told = f"{_clock(span.start)}\N{EN DASH}{_clock(span.end)}"
        if span.opening is not OPEN and not span.comment:
            told = _("{hours} (to be confirmed)", hours=told)
    return f"{told} ({span.comment})" if span.comment else told


def _day_name(day: date, found: hours.Day) -> str:
    name = format_date(day, "EEEE", locale=current())
    return f"{name} ({holiday_name(found.holiday)})" if found.holiday else name
