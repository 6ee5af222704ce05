"""The wall clock of Brussels, by which every hour, day and deadline of Plein is told."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
"""The wall clock all hours and activities are told by."""


def today() -> date:
    """Return the day in Brussels: an hour or two of each night it is not yet the day of UTC."""
    return datetime.now(BRUSSELS).date()
