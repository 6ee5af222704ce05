"""spopt (PySAL) in an environment of its own: MaxP, MCLP and p-median on the same arrays."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from exchange.settings import ROOT

ENVIRONMENT = ROOT / "build" / "spopt"
HOW = (
    "spopt is not there: python3 -m venv build/spopt, build/spopt/bin/pip install spopt. "
    "It is left out."
)
LIMIT_S = 300
"""A peer that has not ended by then is stopped and left out."""


def installed() -> bool:
    """Whether spopt can be started here."""
    return (ENVIRONMENT / "bin" / "python").exists()


def ask(question: str, arrays: dict[str, Any]) -> dict[str, Any] | None:
    """Let spopt solve one question; None where it cannot.

    Args:
        question: "maxp" (x, y, weight, pairs, thresholds), "mclp" (metres, weight, count,
            limit_m) or "median" (metres, weight, count).
        arrays: what is in brackets above.

    Returns:
        `seconds`, and `group` of each sector or the `chosen` columns.
    """
    if not installed():
        return None
    with TemporaryDirectory(prefix="plein-spopt-") as name:
        given, found = Path(name) / "given.npz", Path(name) / "found.npz"
        np.savez(given, allow_pickle=False, **{key: np.asarray(a) for key, a in arrays.items()})
        script = Path(__file__).with_name("spopt_solve.py")
        command: list[str | Path] = [ENVIRONMENT / "bin" / "python", "-I", script]
        command += [question, given, found]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=LIMIT_S
            )
        except subprocess.TimeoutExpired:
            sys.stderr.write(f"spopt, {question}: not ended within {LIMIT_S} s\n")
            return None
        if done.returncode:
            sys.stderr.write(f"spopt, {question}: {done.stderr.strip().splitlines()[-1]}\n")
            return None
        with np.load(found) as kept:
            told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
            return told | {key: kept[key] for key in kept.files}
