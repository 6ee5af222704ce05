"""What this process keeps of workshops, and what a link opens."""

from functools import cache

from directory.workshops import LinkEndedError, LinkUse, Workshop, Workshops
from geo.errors import N_
from ui import state
from ui.proposing.desk import proposals


@cache
def workshops() -> Workshops:
    """Return the workshops of this installation."""
    return Workshops(state.store(), proposals(), state.grounds)


def opened(token: str, *uses: LinkUse) -> Workshop:
    """Return the workshop a link opens.

    Raises:
        LinkEndedError: nobody was given this link, it has ended, or it is for another use.
    """
    found = workshops().by_link(token)
    if found is None or found.use not in uses:
        raise LinkEndedError(
            N_("This link opens no workshop, or its day is over. Ask the relay for another one.")
        )
    return found.workshop
