"""An actor's door in words: open or not, what holds for a while, how far one may trust it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from directory.actors import Actor
from directory.doors import closed_on, door_state
from directory.freshness import Freshness, State
from directory.notices import Notice, NoticeKind, told_on
from ui import wording
from ui.hours import Day, hours_in_words, long_day, said
from ui.language import _, current
from ui.rows import Row
from ui.speech import speech


def door_in_words(actor: Actor, at: datetime, *, present: bool = True) -> str:
    """Tell whether a door is open at a moment and until when; what is not known is said so.

    `present` tells that the moment is now.
    """
    found = door_state(actor, at)
    if not actor.hours and found.notice is None:
        return _("Hours unknown, please call first")
    return said(found, at, present=present)


def hours_of(actor: Actor, at: datetime) -> tuple[str, list[Day]]:
    """Tell whether a door is open at a moment, and its week, closed on the days of a notice."""
    told, week = hours_in_words(actor.hours, at)
    found = door_state(actor, at)
    if found.notice is not None or (told and found.understood):
        told = said(found, at)
    days = [
        replace(one, hours=_("closed")) if closed_on(actor, at.date() + timedelta(days=n)) else one
        for n, one in enumerate(week)
    ]
    return told, days


def notices_row(actor: Actor, day: date) -> list[Row]:
    """Tell what holds for a while in a line of the card; no line where nothing does."""
    told = notices_told(actor, day)
    return [Row(_("For a while"), told)] if told else []


def notices_told(actor: Actor, day: date) -> list[str]:
    """Tell what holds on a day or begins soon, each with its end."""
    return [notice_in_words(one, day) for one in told_on(actor.notices, day)]


def notice_in_words(notice: Notice, day: date) -> str:
    """Tell a notice with its last day, and its first where that is still to come."""
    reader = speech()
    until, text = long_day(notice.until_day, reader), notice.text.best(current())
    if notice.from_day > day or notice.from_day == notice.until_day:
        first = long_day(notice.from_day, reader)
        when = (
            _("on {day}", day=first)
            if notice.from_day == notice.until_day
            else _("from {first} up to and including {last}", first=first, last=until)
        )
    else:
        when = _("up to and including {day}", day=until)
    label = {
        NoticeKind.CLOSED: _("Closed {when}", when=when),
        NoticeKind.HOURS: _("Other hours {when}", when=when),
        NoticeKind.OTHER: when[:1].upper() + when[1:],
    }[notice.kind]
    return _("{what}: {text}", what=label, text=text) if text else label


def trust(actor: Actor, fresh: Freshness) -> str:
    """Say of what was not checked for too long since when; nothing of the rest."""
    if actor.verified_on is None or not fresh.due:
        return ""
    since = wording.day(actor.verified_on)
    if fresh.state is State.STALE:
        return _(
            "Nobody has checked this since {day}: it is no longer found by searching. Call first.",
            day=since,
        )
    return _("Not checked since {day}: call before you go.", day=since)
