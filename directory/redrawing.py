"""Neighbourhoods drawn anew are saved together, and only if nobody drew others meanwhile."""

from collections.abc import Iterable

from sqlalchemy import Connection

from directory.commands import Author, Commands, Outcome
from directory.store import rows
from directory.store.errors import ConflictError
from directory.store.history import removed_since
from directory.store.rows import Kind
from geo.errors import N_, BadInputError
from geo.neighbourhoods import Neighbourhood


def redraw(
    commands: Commands, records: Iterable[Neighbourhood], *, by: Author, read_at: int
) -> Outcome:
    """Save neighbourhoods drawn from what was read at a revision: all of them or none.

    A version tells of each record alone; a sector that somebody put into another neighbourhood
    meanwhile would be in two. So any neighbourhood that changed since is a conflict.

    Raises:
        ConflictError: somebody saved neighbourhoods since `read_at`; nothing was written.
        BadInputError: nothing to save, or a record breaks a rule.
    """
    wanted = list(records)
    if not wanted:
        raise BadInputError(N_("Nothing was changed: there is nothing to save."))
    mine = {record.id for record in wanted}

    def alone(connection: Connection) -> None:
        changed = set(rows.read_since(connection, Kind.NEIGHBOURHOOD, read_at))
        gone = {
            key for kind, key in removed_since(connection, read_at) if kind is Kind.NEIGHBOURHOOD
        }
        others = sorted((changed | gone) - mine)
        if others:
            raise ConflictError(
                N_("Somebody saved “{id}” meanwhile. Look at both and save again."), id=others[0]
            )

    return commands.save(wanted, by=by, together=alone)
