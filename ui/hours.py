"""Opening hours told in words: now, and day by day."""

from dataclasses import dataclass
from datetime import date, datetime, time

from babel.dates import format_date

from directory import hours
from directory.calendar import Holiday, local
from directory.hours import CLOSED, OPEN, OpenState, Span
from directory.notices import Notice, NoticeKind
from ui.holidays import holiday_name
from ui.hours_rules import is_appointment, said_by_owner
from ui.language import _, current
from ui.speech import Speech, speech


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
        return _("As written: {hours} (please call first)", hours=text), []
    week = [
        Day(_day_name(found.day, found), _spans(found.spans), found.day == at.date())
        for found in days
    ]
    return said(hours.state(text, at), at), week


def said(
    found: OpenState, at: datetime, language: str | None = None, *, present: bool = True
) -> str:
    """Tell a state in one sentence, for a list; without a language in the reader's.

    `present` tells that the moment is now; of another one "open now" would be no truth.

    Public holidays that decide are named; where the hours tell nothing of them, that is said.

    >>> from zoneinfo import ZoneInfo
    >>> noon = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Brussels"))
    >>> said(hours.state("Mo-Fr 14:00-17:00", noon), noon, "en")
    'Closed, opens at 14:00'
    """
    teller = _Moments(speech(language), local(at), present=present)
    if found.notice is not None:
        return teller.noticed(found, found.notice)
    if not found.understood:
        return teller.unread()
    if found.opening is OPEN:
        return teller.open(found)
    if found.opening is CLOSED:
        return teller.closed(found)
    return teller.unknown(found)


@dataclass(frozen=True, slots=True)
class _Moments:
    """Tells states at a Brussels wall time."""

    speech: Speech
    now: datetime
    present: bool = True

    def _(self, message: str, **params: object) -> str:
        return self.speech.translate(message, **params)

    def unread(self) -> str:
        return self._("Hours unknown, please call first")

    def noticed(self, found: OpenState, notice: Notice) -> str:
        until = long_day(notice.until_day, self.speech)
        if notice.kind is not NoticeKind.CLOSED:
            return self._("Other hours than usual, up to and including {day}", day=until)
        told = self._("Closed up to and including {day}", day=until)
        if found.next_change is None or found.then is not OPEN:
            return told
        moment = self._opens(local(found.next_change))
        return self._("{state}, opens {moment}", state=told, moment=moment)

    def open(self, found: OpenState) -> str:
        until = self._until(local(found.next_change)) if found.next_change else ""
        if not self.present:
            told = (
                self._("Open then, until {moment}", moment=until) if until else self._("Open then")
            )
        elif until:
            told = self._("Open now, until {moment}", moment=until)
        else:
            told = self._("Open now, day and night")
        return self._doubted(self._commented(told, found), found)

    def _doubted(self, told: str, found: OpenState) -> str:
        if found.doubt is None:
            return told
        named = self._holiday(found.doubt)
        return self._(
            "{state}; public holiday ({holiday}): please call first", state=told, holiday=named
        )

    def closed(self, found: OpenState) -> str:
        told = self._("Closed")
        if found.holiday:
            told = self._(
                "Closed: public holiday ({holiday})", holiday=self._holiday(found.holiday)
            )
        told = self._commented(told, found)
        if found.next_change is None:
            return told
        if found.then is not OPEN:
            return self._("{state}; at other times it depends: ask before you go", state=told)
        moment = self._opens(local(found.next_change))
        return self._doubted(self._("{state}, opens {moment}", state=told, moment=moment), found)

    def unknown(self, found: OpenState) -> str:
        if not found.comment:
            return self._("It depends: ask before you go")
        if is_appointment(found.comment):
            return self._("By appointment")
        return self._("It depends: {comment}", comment=self._comment(found))

    def _commented(self, told: str, found: OpenState) -> str:
        return f"{told} ({self._comment(found)})" if found.comment else told

    def _comment(self, found: OpenState) -> str:
        return said_by_owner(found.comment, self.speech.language)

    def _holiday(self, found: Holiday) -> str:
        return holiday_name(found, self.speech.language)

    def _until(self, moment: datetime) -> str:
        days_away = (moment.date() - self.now.date()).days
        if days_away == 1 and moment.time() == time():
            return self._("midnight")
        if days_away == 0 or (days_away == 1 and moment.hour < hours.NIGHT_ENDS_H):
            return _clock(moment)
        return self._day(moment, days_away)

    def _opens(self, moment: datetime) -> str:
        days_away = (moment.date() - self.now.date()).days
        if days_away == 0:
            return self._("at {clock}", clock=_clock(moment))
        return self._day(moment, days_away)

    def _day(self, moment: datetime, days_away: int) -> str:
        if days_away == 1 and self.present:
            return self._("tomorrow at {clock}", clock=_clock(moment))
        form = "EEEE" if days_away < 7 else "EEEE d MMMM"  # noqa: PLR2004 - a week
        named = format_date(moment.date(), form, locale=self.speech.locale)
        if self.speech.language == "fr":
            named = named.replace(" 1 ", " 1er ")
        return self._("{day} at {clock}", day=named, clock=_clock(moment))


def long_day(day: date, speech: Speech) -> str:
    """Tell a day: "4 January 2027", in French the first one "1er janvier 2027"."""
    told = str(format_date(day, "long", locale=speech.locale))
    return f"1er{told[1:]}" if speech.language == "fr" and told.startswith("1 ") else told


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"


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
