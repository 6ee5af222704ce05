"""The colours neighbourhoods are told apart by."""

from typing import Final

COLOURS: Final = (
    "#77aadd",
    "#ee8866",
    "#eedd88",
    "#ffaabb",
    "#99ddff",
    "#44bb99",
    "#bbcc33",
    "#aaaa00",
)
"""Paul Tol's light qualitative scheme, without its grey: made for areas with words on them, and to
be told apart under colour-blindness (technical note SRON/EPS/TN/09-002, issue 3.2, 2021)."""
