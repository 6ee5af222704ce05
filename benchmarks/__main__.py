"""`python -m benchmarks [name …]`: run the named benchmarks, or all."""

import importlib
import sys

from benchmarks.figures import publish
from geo.errors import PleinError

NAMES = (
    "map",
    "geocoding",
    "importing",
    "hours",
    "walking",
    "near",
    "planning",
    "coverage",
    "contribute",
    "poster",
    "workshop",
)


def main(names: list[str]) -> int:
    """Run benchmarks one after the other; 1 where a goal is missed, 2 where one cannot run."""
    unknown = set(names) - set(NAMES)
    if unknown:
        print(f"Expected one of {', '.join(NAMES)}; found {', '.join(sorted(unknown))}.")
        return 2
    try:
        held = [
            publish(name, importlib.import_module(f"benchmarks.{name}").figures())
            for name in names or NAMES
        ]
    except PleinError as error:
        print(f"plein: {error}", file=sys.stderr)
        return 2
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
