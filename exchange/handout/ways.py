"""The way to a door in words: its streets, and of too many the last."""

from typing import Final

from exchange.paper.text import Style, wrap
from exchange.paper.writing import CUT, clean

ARROW: Final = "\u00a0→ "


def tell_way(
    way: tuple[str, ...], room_pt: float, style: Style, *, lines: int, streets: int
) -> str:
    r"""Tell at most the last `streets` of a way, which lead to the door, in so many lines.

    What is left out shows as an ellipsis; where not even the last street fits, nothing is told.

    >>> tell_way(("Rue A", "Rue B", "Rue C"), 200, Style(), lines=1, streets=2)
    '…\xa0→ Rue\xa0B\xa0→ Rue\xa0C'
    """
    given = [step for step in (clean(step).replace(" ", "\u00a0") for step in way) if step]
    for kept in range(min(streets, len(given)), 0, -1):
        told = ARROW.join(([CUT] if kept < len(given) else []) + given[-kept:])
        if len(wrap(told, style, room_pt, most=lines + 1)) <= lines:
            return told
    return ""
