"""What a partner pastes in its own page, so that the local map stands there."""

from typing import Final

from markupsafe import Markup

HEIGHT_PX: Final = 720
"""On a phone the map and the first names of the list; wider, map and list beside each other."""
_SNIPPET: Final = Markup(
    '<iframe src="{address}" title="{title}" loading="lazy" '
    'style="width:100%;height:{height}px;border:0" allow="fullscreen"></iframe>'
)


def iframe_of(address: str, title: str, *, height_px: int = HEIGHT_PX) -> str:
    """Write the `iframe` of an embedded map.

    >>> iframe_of("https://plein.example/plan/marolles/embed", "Les Marolles")[:50]
    '<iframe src="https://plein.example/plan/marolles/e'
    """
    return str(_SNIPPET.format(address=address, title=title, height=height_px))
