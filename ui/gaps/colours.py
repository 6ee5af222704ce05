"""The colours of ranks and of relays on a map: told apart by lightness alone."""

from typing import Final

RANKS: Final = ("#8a2c0a", "#cf6530", "#eda873", "#f8dcbc", "#dfe9e5")
"""Dark to pale by rank, then what lacks nothing."""
RELAYS: Final = ("#f3d9a4", "#7fb7b0", "#0b5e66")
"""No relay, one, more than one: of the colours of coverage."""
