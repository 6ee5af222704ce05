"""What this process keeps to take proposals in: the store, and whom a new one may be like."""

from dataclasses import dataclass, field
from functools import cache
from threading import Lock

from directory.atlas import Atlas
from directory.proposals import Proposals
from directory.proposals.alike import Known
from ui import state


@cache
def proposals() -> Proposals:
    """Return the proposals of this installation."""
    return Proposals(state.store(), state.grounds)


@dataclass
class _Kept:
    lock: Lock = field(default_factory=Lock)
    atlas: Atlas | None = None
    known: Known | None = None


_kept = _Kept()


def known() -> Known:
    """Return the public actors ready to be compared, made anew when the directory changed."""
    atlas = state.atlas()
    with _kept.lock:
        if _kept.known is None or _kept.atlas is not atlas:
            _kept.atlas, _kept.known = atlas, Known(atlas.actors)
        return _kept.known
