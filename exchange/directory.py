"""Make the database ready: its tables, and what the report of 2022 says."""

import argparse

from directory.commands import Commands
from directory.seed import seed
from directory.store import Store, upgrade
from exchange.register import read_neighbourhoods
from exchange.settings import settings


def prepare_directory(_: argparse.Namespace) -> int:
    """Bring the database to the present shape and seed what is not there yet."""
    given = settings()
    given.home.mkdir(parents=True, exist_ok=True)
    upgrade(given.database_url)
    store = Store(given.database_url)
    outcome = seed(Commands(store), read_neighbourhoods(given.neighbourhoods))
    found = store.directory()
    print(  # noqa: T201 - a command
        f"    {len(found.relays)} relays, {len(found.partners)} partners, "
        f"{len(found.actors)} actors, {len(found.activities)} activities "
        f"({len(outcome.created)} new)"
    )
    return 0


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `directory`."""
    parser = commands.add_parser("directory", help="create or upgrade the database and seed it")
    parser.set_defaults(run=prepare_directory)
