"""The private link of who proposed something: who holds it follows, answers and withdraws."""

import hashlib
import hmac
import re
from typing import Final

from sqlalchemy import Connection, RowMapping

from directory.proposals import kept
from directory.proposals.records import Proposal
from geo.errors import N_, UnknownIdError

TOKEN_MAX: Final = 64
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{32}")


def hash_link(token: str) -> str:
    """Return what is kept of a link."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def find_link(connection: Connection, token: str) -> RowMapping | None:
    """Find a link by the hash of its token: how long that takes tells nothing of the token."""
    if not 0 < len(token) <= TOKEN_MAX:
        return None
    wanted = hash_link(token)
    found = kept.read_link(connection, wanted)
    return found if found is not None and hmac.compare_digest(found["hash"], wanted) else None


def followed(connection: Connection, token: str) -> tuple[Proposal, RowMapping]:
    """Return the proposal a link follows, and the row of the link.

    Raises:
        UnknownIdError: a link nobody was given.
    """
    link = find_link(connection, token)
    if link is None:
        raise UnknownIdError(N_("This link leads to no proposal. Check that you copied all of it."))
    return there(connection, link["proposal_id"]), link


def there(connection: Connection, proposal_id: str) -> Proposal:
    """Return a proposal.

    Raises:
        UnknownIdError: there is none of that id.
    """
    found = kept.read(connection, proposal_id)
    if found is None:
        raise UnknownIdError(N_("There is no such proposal."))
    return found
