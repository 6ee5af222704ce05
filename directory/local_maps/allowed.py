"""A stored local map somebody wants to do something with, if their roles allow it."""

from collections.abc import Callable

from directory.authors import Author
from directory.clock import today
from directory.local_maps.records import LocalMap
from directory.people import Deed, Grounds
from directory.people.enforcing import check_written
from directory.store import Store
from directory.store.rows import Kind, facts_of
from geo.errors import N_, UnknownIdError


def map_for(
    deed: Deed, map_id: str, store: Store, *, by: Author, grounds: Callable[[], Grounds] | None
) -> LocalMap:
    """Return a stored map to who may do that to it, in its neighbourhood.

    Raises:
        UnknownIdError: there is no such map.
        NotAllowedError: the author's roles do not reach it.
    """
    stored = store.directory().local_maps.get(map_id)
    if stored is None:
        raise UnknownIdError(N_("There is no local map “{id}”."), id=map_id[:80])
    written = [(Kind.LOCAL_MAP, facts_of(stored), None)]
    check_written(by.acting, written, day=today(), grounds=grounds, deed=deed)
    return stored
