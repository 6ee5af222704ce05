"""On foot through the streets: how far, how to get there, and what lies within minutes."""

from geo.walking.estimating import DETOUR_FACTOR, Walked, estimate, walked
from geo.walking.network import Network
from geo.walking.spots import SNAP_LIMIT_M, Spots
from geo.walking.walker import Reach, Walker
from geo.walking.ways import STEEP_PERCENT, Part, Way

__all__ = [
    "DETOUR_FACTOR",
    "SNAP_LIMIT_M",
    "STEEP_PERCENT",
    "Network",
    "Part",
    "Reach",
    "Spots",
    "Walked",
    "Walker",
    "Way",
    "estimate",
    "walked",
]
