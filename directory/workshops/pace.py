"""How much a phone and a workshop may send, and whether anything there changed."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, func, select

from directory.proposals.kept import PROPOSAL
from directory.proposals.pace import TooManyError
from directory.store.tables import table
from directory.store.workshop_tables import WorkshopProposalRow, WorkshopRow
from geo.errors import N_

A_PHONE: Final = 60
"""Proposals of one phone in ten minutes: faster than anybody writes (ours)."""
WITHIN: Final = timedelta(minutes=10)
A_WORKSHOP: Final = 3_000
"""All of a workshop: forty phones that never stop for an hour. A link that leaked ends there."""
_SAID, _WORKSHOP = table(WorkshopProposalRow), table(WorkshopRow)


def count(connection: Connection, workshop_id: str, phone: str, now: datetime) -> None:
    """Refuse what is more than a meeting of people can say.

    Raises:
        TooManyError: this phone, or this workshop, sent enough for now.
    """
    mine = select(func.count()).where(_SAID.c.workshop_id == workshop_id)
    if (connection.scalar(mine) or 0) >= A_WORKSHOP:
        raise TooManyError(
            N_(
                "This workshop holds {n} proposals: that is all.",
            ),
            n=A_WORKSHOP,
        )
    lately = mine.where(_SAID.c.phone == phone, _SAID.c.at > now - WITHIN)
    if phone and (connection.scalar(lately) or 0) >= A_PHONE:
        raise TooManyError(N_("Much came from this phone. It is sent again in a few minutes."))


def state_of(connection: Connection, workshop_id: str) -> tuple[int, ...]:
    """Return numbers that grow with all that is said, decided, merged or changed there."""
    said = (
        select(func.count(_SAID.c.id), func.max(_SAID.c.id), func.sum(PROPOSAL.c.version))
        .join(PROPOSAL, PROPOSAL.c.id == _SAID.c.proposal_id)
        .where(_SAID.c.workshop_id == workshop_id)
    )
    version = connection.scalar(select(_WORKSHOP.c.version).where(_WORKSHOP.c.id == workshop_id))
    named = select(func.count()).where(_SAID.c.workshop_id == workshop_id, _SAID.c.nickname != "")
    counts = connection.execute(said).one()
    return (int(version or 0), *(int(n or 0) for n in counts), connection.scalar(named) or 0)
