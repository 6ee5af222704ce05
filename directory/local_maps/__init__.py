"""Local maps: a neighbourhood's own map of its actors, which it chose, numbered and named."""

from directory.local_maps.records import LocalMap, Maker, Order, Part

__all__ = ["LocalMap", "Maker", "Order", "Part"]
