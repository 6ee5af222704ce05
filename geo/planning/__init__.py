"""What a planner might change: proposed neighbourhoods, and places for a service."""

from geo.planning.ground import Ground
from geo.planning.proposal import UNASSIGNED, Figures, Proposal, measure
from geo.planning.proposing import Wishes, propose, propose_several
from geo.planning.siting import Siting, maximal_covering, p_median
from geo.planning.task import Aims, Rules

__all__ = [
    "UNASSIGNED",
    "Aims",
    "Figures",
    "Ground",
    "Proposal",
    "Rules",
    "Siting",
    "Wishes",
    "maximal_covering",
    "measure",
    "p_median",
    "propose",
    "propose_several",
]
