"""What is proposed and what happened to it, in words."""

from datetime import datetime

from babel.dates import format_date, format_timedelta

from directory.clock import BRUSSELS
from directory.proposals import Event, EventKind, Proposal, ProposalKind, ProposalStatus
from ui import state
from ui.language import _, current, ngettext
from ui.record import words


def kind(value: ProposalKind) -> str:
    """Name what should happen."""
    return {
        ProposalKind.ADD: _("New place"),
        ProposalKind.CORRECT: _("Correction"),
        ProposalKind.MOVED: _("It moved"),
        ProposalKind.CLOSED: _("It closed"),
        ProposalKind.DUPLICATE: _("It is there twice"),
        ProposalKind.WRONG: _("Something is wrong"),
    }[value]


def status(value: ProposalStatus) -> str:
    """Tell how far it is."""
    return {
        ProposalStatus.OPEN: _("to decide"),
        ProposalStatus.ASKED: _("waits for an answer"),
        ProposalStatus.ACCEPTED: _("accepted"),
        ProposalStatus.REFUSED: _("refused"),
        ProposalStatus.WITHDRAWN: _("withdrawn"),
    }[value]


def name(proposal: Proposal) -> str:
    """Name the place it is about."""
    if proposal.kind is ProposalKind.ADD:
        return words.name(proposal.facts)
    return actor_name(proposal.target)


def actor_name(actor_id: str) -> str:
    """Name a place of the directory, one the public does not see too."""
    found = state.store().directory().actors.get(actor_id)
    return found.names.best(current()) if found else actor_id


def area(key: str) -> str:
    """Name a neighbourhood."""
    return state.atlas().neighbourhood_name(key, current()) or key


def areas(proposal: Proposal) -> str:
    """Name the neighbourhoods it concerns."""
    return ", ".join(map(area, proposal.neighbourhoods)) or _("in no neighbourhood")


def ago(moment: datetime) -> str:
    """Tell how many days ago something was: "3 days ago"."""
    days = state.now().date() - moment.astimezone(BRUSSELS).date()
    if days.days < 1:
        return _("today")
    locale = f"{current()}_BE"
    return str(format_timedelta(-days, granularity="day", add_direction=True, locale=locale))


def day(moment: datetime) -> str:
    """Tell the day of something, short."""
    local = moment.astimezone(BRUSSELS)
    return str(format_date(local, "d MMM y", locale=f"{current()}_BE"))


def said(proposal: Proposal) -> str:
    """Tell how many said it, "" for one."""
    n = proposal.said
    return ngettext("{n} person says so", "{n} people say so", n) if n > 1 else ""


def event(one: Event) -> str:
    """Tell what happened, and who did it."""
    told = {
        EventKind.MADE: _("Proposed"),
        EventKind.AGAIN: _("Somebody else says so too"),
        EventKind.ASKED: _("Asked by {name}", name=one.by),
        EventKind.ANSWERED: _("Answered"),
        EventKind.PASSED: _("Passed on by {name}", name=one.by),
        EventKind.ACCEPTED: _("Accepted by {name}", name=one.by),
        EventKind.REFUSED: _("Refused by {name}", name=one.by),
        EventKind.REOPENED: _("Opened again by {name}", name=one.by),
        EventKind.WITHDRAWN: _("Somebody withdrew it"),
    }
    return told[one.kind]
