"""Where people propose together: what a proposal made there asks of it."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection


class Meeting(Protocol):
    """A meeting, such as a workshop: many people behind one address of the network."""

    @property
    def areas(self) -> tuple[str, ...]:
        """The neighbourhoods that decide about what lies in none."""

    def count(self, connection: Connection) -> None:
        """Refuse what is too much, in the open transaction."""

    def take(self, connection: Connection, proposal_id: str, link: str, at: datetime) -> None:
        """Write down that a proposal came from there, with the hash of its private link."""
