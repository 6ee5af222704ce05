"""`python -m exchange <command>`: everything that comes in or goes out without a screen."""

import argparse
import importlib
import sys

from geo.errors import PleinError

COMMANDS = {
    "assets": "assets",
    "backup": "backup",
    "basemap": "basemap",
    "directory": "directory",
    "export": "export",
    "gazetteer": "gazetteer",
    "import": "imports",
    "indicators": "indicators",
    "osm": "osm",
    "people": "people",
    "register": "register",
    "restore": "backup",
    "schematic": "statbel",
    "sectors": "statbel",
    "walking": "walking",
}
"""Which module has a command; only that one is imported, since some take seconds."""


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code; an error is one sentence on stderr."""
    asked = arguments[0] if arguments else ""
    wanted = {COMMANDS[asked]} if asked in COMMANDS else set(COMMANDS.values())
    parser = argparse.ArgumentParser(prog="python -m exchange", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    for name in sorted(wanted):
        importlib.import_module(f"exchange.{name}").add_commands(commands)
    given = parser.parse_args(arguments)
    try:
        return int(given.run(given) or 0)
    except PleinError as error:
        print(f"plein: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
