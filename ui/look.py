"""The look of the pages: our fonts and the palette's tokens as CSS, the mark, the favicon."""

import json
import re
from functools import cache
from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from directory.categories import GROUPS
from exchange.needs import open_needs
from exchange.settings import ROOT, settings
from layers.palette import palette
from ui.figures.classes import COLOURS as STEPS
from ui.gaps.colours import RANKS, RELAYS
from ui.what_if.shades import DIVERGING, LEVELS

HERE = Path(__file__).parent
TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
"""Everything a page says in HTML is made here, escaped."""


def pictograms() -> dict[str, str]:
    """Return the drawings of the needs' icons, as the set-up made them; none before it."""
    path = ROOT / "static" / "built" / "needs.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


@cache
def style() -> str:
    """Return our style sheet."""
    found = palette()
    shapes = json.loads((ROOT / "static" / "src" / "shapes.json").read_text(encoding="utf-8"))
    return TEMPLATES.get_template("page.css.j2").render(
        base=[(name.replace("_", "-"), value) for name, value in found.base.items()],
        groups={**found.groups, **found.roles}.items(),
        outlines=[(name, shapes[found.shapes[name]]) for name in GROUPS],
        needs=_need_drawings(),
        ranks=RANKS,
        relays=RELAYS,
        steps=STEPS,
        diverging=DIVERGING,
        levels=LEVELS,
    )


def _need_drawings() -> list[str]:
    """Return the pictogram of each need in the order they are shown; "" where there is none."""
    drawn = pictograms()
    return [drawn.get(need.icon, "") for need in open_needs(settings().home).values()]


def apply(style_address: str, mark_address: str) -> None:
    """Put our style and our mark, each found at an address, on the page."""
    st.html(f"<style>@import url({json.dumps(style_address)});</style>")
    st.logo(mark_address, size="large")


def render(template: str, **values: object) -> None:
    """Show one of our templates, without its indents; every value in it is escaped."""
    st.html(re.sub(r"\n +", "\n", TEMPLATES.get_template(template).render(**values)))
