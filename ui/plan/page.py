"""A local map as a page of its own, and the words it is written in: every value is escaped."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from markupsafe import Markup

from exchange.basemap import OSM
from exchange.settings import ROOT
from layers.palette import palette
from ui import look
from ui.plan.telling import Told

LOWER: Final = {"house": 2.5, "arch": 1.5, "drop": -3}
"""Where a shape is widest, below its middle: the number stands there."""
RANGES: Final = {
    "latin": "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, "
    "U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD",
    "latin-ext": "U+0100-0130, U+0132-0151, U+0154-02BA, U+02BD-02C5, U+1E00-1E9F, "
    "U+1EF2-1EFF, U+2020, U+20A0-20AB",
}
FONT: Final = "fonts/atkinson-hyperlegible-next"
SCRIPT_WORDS: Final = (
    "found",
    "map",
    "map_help",
    "on_map",
    "to_list",
    "close",
    "zoom_in",
    "zoom_out",
    "whole",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A link below a map: to its file, its poster, an edition."""

    label: str
    href: str
    download: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where a page leads: its languages (address by code), what is below it, the whole region."""

    languages: Mapping[str, str]
    more: Sequence[Way] = ()
    editions: Sequence[Way] = ()
    home: str = ""


@cache
def outlines() -> dict[str, str]:
    """Return the outline of each shape of a sign, as an SVG path."""
    path = ROOT / "static" / "src" / "shapes.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def tokens(fonts: str = "") -> Markup:
    """Return colours and fonts as CSS; `fonts` is the address of the fonts, empty for none."""
    template = look.TEMPLATES.get_template("plan_tokens.css.j2")
    told = template.render(base=palette().base.items(), fonts=fonts, ranges=RANGES)
    return Markup(told)  # noqa: S704 - our own template, palette and address


def article(
    plan: Told,
    *,
    links: Ways,
    embedded: bool = False,
    ground: bool = False,
    logos: Sequence[Mapping[str, str]] = (),
) -> Markup:
    """Write one language of a map: what is read without a script."""
    template = look.TEMPLATES.get_template("plan_words.html.j2")
    told = template.render(
        plan=plan,
        links=links,
        embedded=embedded,
        logos=logos,
        outlines=outlines(),
        lower=LOWER,
        credits=[OSM["text"]] if ground else [],
    )
    return Markup(told)  # noqa: S704 - escaped by the template


def spec_of(plans: list[Told], ground: dict[str, Any] | str | None) -> dict[str, Any]:
    """Return what the script is told beside the page; the map is the same in every language."""
    return {
        "rings": plans[0]["rings"],
        "houses": plans[0]["houses"],
        "ground": ground,
        "credit": OSM["text"] if ground else "",
        "words": {
            plan["language"]: {key: plan["words"][key] for key in SCRIPT_WORDS} for plan in plans
        },
    }


def page(plan: Told, body: Markup, spec: dict[str, Any], *, up: str, version: str) -> str:
    """Write the page of a map in one language; `up` leads to the root of the site."""
    lead = " ".join(plan["introduction"]["paragraphs"])
    return look.TEMPLATES.get_template("plan.html.j2").render(
        plan=plan,
        body=body,
        spec=spec,
        describes=lead[:300],
        up=up,
        version=version,
        tokens=tokens(f"{up}assets/{FONT}"),
    )
