"""The whole map as one file: opens from a USB stick, needs no network and no server."""

import argparse
import sys
from pathlib import Path

from directory.texts import LANGUAGES
from exchange.settings import ROOT
from layers.drawing import build_map, read_bundle, stand_alone
from layers.registry import LAYERS
from ui import state
from ui.language import catalog
from ui.texts import map_texts


def map_file(language: str) -> str:
    """Draw the present map, public facts only, as a page that stands alone.

    The basemap stays out: its file is read piece by piece from a server.
    """
    layers = [layer for layer in LAYERS.values() if layer.kind not in ("basemap", "raster")]
    scene = state.scene(language)
    found = build_map(scene, layers, map_texts(catalog(language)), inline=True)
    return stand_alone(found, read_bundle(ROOT / "static" / "built"))


def main(arguments: list[str]) -> int:
    """Write the map to a file: `python -m ui.standalone map.html --lang nl`."""
    parser = argparse.ArgumentParser(prog="python -m ui.standalone", description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--lang", choices=LANGUAGES, default="fr")
    given = parser.parse_args(arguments)
    given.path.write_text(map_file(given.lang), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
