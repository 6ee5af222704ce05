"""Hours in a line: for a list, and for a sheet."""

from datetime import datetime

from ui.hours import hours_in_words
from ui.language import _


def state_in_words(text: str, at: datetime) -> str:
    """Tell whether a door is open at a moment and until when; what is not known is said so."""
    return hours_in_words(text, at)[0] or _("Hours unknown: please call first")


def week_in_words(text: str, at: datetime) -> tuple[str, ...]:
    """Tell the week, a line a day; nothing where no hours are known."""
    told, week = hours_in_words(text, at)
    return tuple(f"{day.name}: {day.hours}" for day in week) or ((told,) if told else ())
