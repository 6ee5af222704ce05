"""addok, the geocoder of the French address base, on a Redis of its own for the while."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from exchange.settings import ROOT
from geo.geocoding import StreetRow

ENVIRONMENT = ROOT / "build" / "addok"
HOW = (
    "addok is not there: apt-get install redis-server, python3 -m venv build/addok, "
    "build/addok/bin/pip install addok addok-fr addok-france"
)
READY_S = 10


def installed() -> bool:
    """Whether addok and a Redis server can be started here."""
    return (ENVIRONMENT / "bin" / "python").exists() and shutil.which("redis-server") is not None


def ask(streets: Sequence[StreetRow], queries: Sequence[str]) -> tuple[list[int | None], float]:
    """Ask addok; returns the place of the street it found first, or None, and the seconds."""
    documents = [
        {
            "id": str(place),
            "type": "street",
            "name": [street.name_fr, street.name_nl],
            "postcode": str(street.postcode),
            "city": [street.municipality_fr, street.municipality_nl],
            "lat": 50.84,
            "lon": 4.35,
            "importance": 0.5,
        }
        for place, street in enumerate(streets)
    ]
    with _redis() as (port, folder):
        config = folder / "addok.py"
        config.write_text(f"REDIS = {{'host': '127.0.0.1', 'port': {port}}}\n", encoding="utf-8")
        done = subprocess.run(
            [ENVIRONMENT / "bin" / "python", "-I", Path(__file__).with_name("addok_search.py")],
            input=json.dumps({"documents": documents, "queries": list(queries)}),
            env={**os.environ, "ADDOK_CONFIG_MODULE": str(config)},
            capture_output=True,
            text=True,
            check=True,
        )
    answer = json.loads(done.stdout)
    found = [None if place is None else int(place) for place in answer["found"]]
    return found, float(answer["seconds"])


@contextmanager
def _redis() -> Iterator[tuple[int, Path]]:
    with TemporaryDirectory(prefix="plein-addok-") as name:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        server = subprocess.Popen(
            [
                "redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "",
                "--appendonly", "no", "--dir", name,
            ],
            stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        try:
            assert server.stdout is not None  # noqa: S101 - asked for above
            for line in server.stdout:
                if "Ready to accept connections" in line:
                    break
            yield port, Path(name)
        finally:
            server.terminate()
            server.wait(READY_S)
