"""What a planner might change: proposed neighbourhoods, and places for a service."""

from geo.planning.ground import Ground
from geo.planning.proposal import UNASSIGNED, Figures, Proposal, measure
from geo.planning.proposing import Wishes, propose, propose_several
from geo.planning.task import Aims, Rules

__all__ = [
    "UNASSIGNED",
    "Aims",
    "Figures",
    "Ground",
    "Proposal",
    "Rules",
    "Wishes",
    "measure",
    "propose",
    "propose_several",
]
