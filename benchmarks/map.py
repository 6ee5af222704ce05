"""The living map beside a plain st_folium page of the same content: `make bench NAME=map`."""

import sys
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.installation import installed
from benchmarks.page import Values, measure
from benchmarks.subjects import OURS, PEER, PEER_NEEDS
from benchmarks.words import telling
from directory.atlas import Atlas
from directory.store import Store
from exchange.settings import ROOT, settings
from exchange.statbel import open_territory
from ui.state import now

PEER_NAME = "st_folium page"
WORDS = 50
FIGURES = (
    ("typed", "last letter typed → list", "ms", "<= 250"),
    ("listed", "click in the list → card", "ms", "<= 250"),
    ("signed", "click on a sign → card", "ms", "<= 250"),
    ("search_ms", "server, a search", "ms", "<= 60"),
    ("choice_ms", "server, a choice", "ms", "<= 60"),
    ("search_kb", "sent for a search", "kB", "<= 10"),
    ("choice_kb", "sent for a choice", "kB", "<= 10"),
    ("territory_kb", "territory on first load", "kB", "<= 110"),
    ("first_kb", "first load, everything", "kB", ""),
    ("first_list", "first load → list", "ms", ""),
    ("first_map", "first load → map drawn", "ms", ""),
    ("crowd_p50", "20 sessions at once, rerun p50", "ms", ""),
    ("crowd_p95", "20 sessions at once, rerun p95", "ms", "<= 500"),
    ("memory", "memory of the server after that", "MB", "<= 600"),
)
"""Key, name, unit and goal (issue 2). Medians, but for what says otherwise."""


def figures() -> list[Figure]:
    """Measure both pages in this run, on one installation with official data."""
    with installed() as home:
        atlas = _atlas(home)
        words = telling(atlas, WORDS)
        ours = measure(OURS, home, atlas, words)
        peer = measure(PEER, home, atlas, words) if _peer_is_there() else {}
    return [_figure(row, ours, peer) for row in FIGURES]


def _figure(row: tuple[str, str, str, str], ours: Values, peer: Values) -> Figure:
    key, name, unit, goal = row
    there = key in peer
    return Figure(
        figure=name,
        value=round(ours[key], 2),
        unit=unit,
        goal=goal,
        peer=PEER_NAME if there else "",
        peer_value=round(peer[key], 2) if there else None,
    )


def _atlas(home: Path) -> Atlas:
    store = Store(f"sqlite:///{home / 'plein.db'}")
    return Atlas(store.directory(), open_territory(home, settings().register), now().date())


def _peer_is_there() -> bool:
    missing = [name for name in PEER_NEEDS if not (ROOT / "node_modules" / name).is_dir()]
    if missing:
        sys.stderr.write(
            f"The peer is left out: node_modules has no {', '.join(missing)}. "
            "Name it in package.json and run `npm install`.\n"
        )
    return not missing
