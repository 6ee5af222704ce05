"""Where a local map is, and what a partner pastes in its own page so that it stands there."""

from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup

HEIGHT_PX: Final = 720
"""On a phone the map and the first names of the list; wider, map and list beside each other."""
_SNIPPET: Final = Markup(
    '<iframe src="{address}" title="{title}" loading="lazy" '
    'style="width:100%;height:{height}px;border:0" allow="fullscreen"></iframe>'
)


def plan_address(root: str, map_id: str, *, embed: bool = False, language: str = "") -> str:
    """Return the address of a local map below the root of a site.

    >>> plan_address("https://plein.example/", "marolles", embed=True, language="nl")
    'https://plein.example/plan/marolles/embed?lang=nl'
    """
    asked = f"?{urlencode({'lang': language})}" if language else ""
    return f"{root.rstrip('/')}/plan/{map_id}{'/embed' if embed else ''}{asked}"


def iframe_of(address: str, title: str, *, height_px: int = HEIGHT_PX) -> str:
    """Write the `iframe` of an embedded map.

    >>> print(iframe_of("https://plein.example/plan/a/embed", 'Les "Marolles"')[:78])
    <iframe src="https://plein.example/plan/a/embed" title="Les &#34;Marolles&#34;
    """
    return str(_SNIPPET.format(address=address, title=title, height=height_px))
