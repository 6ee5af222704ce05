"""Workshops: a meeting around tables, whose proposals arrive from phones and sheets."""

from directory.workshops.records import (
    Contribution,
    LinkEndedError,
    LinkUse,
    Opened,
    Sender,
    Workshop,
    WorkshopStatus,
)
from directory.workshops.store import Workshops
from directory.workshops.summary import Summary, summed

__all__ = [
    "Contribution",
    "LinkEndedError",
    "LinkUse",
    "Opened",
    "Sender",
    "Summary",
    "Workshop",
    "WorkshopStatus",
    "Workshops",
    "summed",
]
