"""networkx beside us, igraph and pandana in an environment of their own: the same streets."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exchange.settings import ROOT

ENVIRONMENT = ROOT / "build" / "walking"
HOW = (
    "igraph (GPL) and pandana (AGPL) are measured where they are installed apart: "
    "python3 -m venv build/walking, build/walking/bin/pip install igraph pandana"
)


def ask(
    peer: str, arrays: dict[str, NDArray[Any]], *, script: str = "street_search.py"
) -> dict[str, Any] | None:
    """Let a peer search; None where it is not installed.

    Args:
        peer: "networkx", "igraph" or "pandana".
        arrays: x, y, u, v, length_m of a graph; origins, places (nodes); sources (nodes) and
            their categories; limit_m. What another script takes is told there.
        script: what runs in the peer's environment.

    Returns:
        Seconds for `one` (one origin to all places) and `nearest`, and the arrays found; what
        another script tells.
    """
    python = sys.executable if peer == "networkx" else ENVIRONMENT / "bin" / "python"
    path = Path(__file__).with_name(script)
    if not Path(python).exists():
        return None
    with TemporaryDirectory(prefix="plein-streets-") as name:
        given, found = Path(name) / "given.npz", Path(name) / "found.npz"
        np.savez(given, allow_pickle=False, **arrays)
        done = subprocess.run(
            [python, "-I", path, peer, given, found], capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.stderr.write(f"{peer} is left out: {done.stderr.strip().splitlines()[-1]}\n")
            return None
        with np.load(found) as kept:
            told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
            return told | {key: kept[key] for key in kept.files}
