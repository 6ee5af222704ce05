"""Hours in a line: for a list, and for a sheet."""

from datetime import datetime

from directory import hours
from ui.hours import said
from ui.hours_rules import hours_lines
from ui.language import _


def state_in_words(text: str, at: datetime, *, present: bool = True) -> str:
    """Tell whether a door is open at a moment and until when; what is not known is said so.

    `present` tells that the moment is now.
    """
    if not text:
        return _("Hours unknown, please call first")
    return said(hours.state(text, at), at, present=present)


def week_in_words(text: str, at: datetime) -> tuple[str, ...]:
    """Tell the hours, a line a rule; nothing where none are known."""
    return hours_lines(text, at.date())
