"""Proposals: what anybody says should change, kept apart until a relay decides."""

from directory.proposals.applying import applied
from directory.proposals.pace import Pace, TooManyError
from directory.proposals.records import (
    Draft,
    Event,
    EventKind,
    Proposal,
    ProposalKind,
    ProposalStatus,
)
from directory.proposals.store import Followed, Made, Order, Proposals

__all__ = [
    "Draft",
    "Event",
    "EventKind",
    "Followed",
    "Made",
    "Order",
    "Pace",
    "Proposal",
    "ProposalKind",
    "ProposalStatus",
    "Proposals",
    "TooManyError",
    "applied",
]
