"""Who is served on foot: services and people, sector by sector, and what a change would do."""

from geo.coverage.areas import KNOWN_SHARE, RolledUp, gather, members, nearest_min, roll_up
from geo.coverage.catchments import LIMIT_M, Catcher, Catchments
from geo.coverage.demand import Demand, Source, demand
from geo.coverage.measures import M_PER_MIN, ZONE_WEIGHTS, ZONES_MIN, Measure, State
from geo.coverage.scenario import Change, WhatIf
from geo.coverage.services import Services, Vague
from geo.coverage.table import Cells, Coverage

__all__ = [
    "KNOWN_SHARE",
    "LIMIT_M",
    "M_PER_MIN",
    "ZONES_MIN",
    "ZONE_WEIGHTS",
    "Catcher",
    "Catchments",
    "Cells",
    "Change",
    "Coverage",
    "Demand",
    "Measure",
    "RolledUp",
    "Services",
    "Source",
    "State",
    "Vague",
    "WhatIf",
    "demand",
    "gather",
    "members",
    "nearest_min",
    "roll_up",
]
