"""Links with which somebody without an account may edit one local map, until they end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import insert, select, update

from directory.authors import Author, Origin
from directory.commands import Commands, Outcome
from directory.local_maps.allowed import map_for
from directory.local_maps.records import LocalMap
from directory.people import MACHINE, Deed, Grounds, Person
from directory.people.tokens import hash_token, is_token, new_id, new_token
from directory.store import Store
from directory.store.local_map_tables import MapLinkRow
from directory.store.tables import table
from geo.errors import N_, NotAllowedError

LASTS_DAYS: Final = 60
"""From the first meeting about a map to its printing (our choice)."""
KEPT: Final = ("id", "neighbourhood_id", "area", "status", "made_on", "author")
"""What of a map its maker alone changes: where it is, and whether it is public."""
_LINK = table(MapLinkRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLink:
    """A link as the database knows it: not the link itself."""

    id: str
    map_id: str
    made_by: str
    made_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Whether it opens its map at an aware moment."""
        return self.withdrawn_at is None and now < self.ends_at


class MapLinks:
    """The links of one store."""

    def __init__(self, store: Store, grounds: Callable[[], Grounds] | None = None) -> None:
        self._store = store
        self._grounds = grounds

    def make(self, map_id: str, *, by: Author, now: datetime) -> str:
        """Make a link and return its secret part, which nobody can read again.

        Raises:
            UnknownIdError: there is no such map.
            NotAllowedError: the author may not change the map.
        """
        map_for(Deed.CHANGE_LOCAL_MAP, map_id, self._store, by=by, grounds=self._grounds)
        token = new_token()
        row = {
            "id": new_id(),
            "token_sha256": hash_token(token),
            "map_id": map_id,
            "made_by": by.name,
            "made_at": now,
            "ends_at": now + timedelta(days=LASTS_DAYS),
            "withdrawn_at": None,
        }
        with self._store.keeping() as connection:
            connection.execute(insert(_LINK), [row])
        return token

    def of(self, map_id: str) -> tuple[MapLink, ...]:
        """Return the links of a map, the newest first."""
        columns = [_LINK.c[name] for name in MapLink.__dataclass_fields__]
        wanted = select(*columns).where(_LINK.c.map_id == map_id).order_by(_LINK.c.made_at.desc())
        with self._store.reading() as connection:
            return tuple(MapLink(**row) for row in connection.execute(wanted).mappings())

    def find(self, token: str) -> MapLink | None:
        """Return the link a secret part belongs to; None for one nobody made."""
        if not is_token(token):
            return None
        columns = [_LINK.c[name] for name in MapLink.__dataclass_fields__]
        wanted = select(*columns).where(_LINK.c.token_sha256 == hash_token(token))
        with self._store.reading() as connection:
            found = connection.execute(wanted).mappings().first()
        return None if found is None else MapLink(**found)

    def end(self, map_id: str, *, by: Author, now: datetime) -> None:
        """End every link of a map.

        Raises:
            UnknownIdError, NotAllowedError: as for `make`.
        """
        map_for(Deed.CHANGE_LOCAL_MAP, map_id, self._store, by=by, grounds=self._grounds)
        still = (_LINK.c.map_id == map_id) & _LINK.c.withdrawn_at.is_(None)
        with self._store.keeping() as connection:
            connection.execute(update(_LINK).where(still).values(withdrawn_at=now))

    def save(self, token: str, changed: LocalMap, *, name: str, now: datetime) -> Outcome:
        """Store a map somebody changed who came by a link.

        Raises:
            NotAllowedError: the link opens nothing any more, or not this; or it would move the map
                or hide it.
            ConflictError, BadInputError: as for any record.
        """
        link = self.find(token)
        stored = self._store.directory().local_maps.get(changed.id)
        if link is None or stored is None or link.map_id != changed.id or not link.is_open(now):
            raise NotAllowedError(
                N_("This link opens no map any more. Ask who gave it to you for another one.")
            )
        if any(getattr(changed, field) != getattr(stored, field) for field in KEPT):
            raise NotAllowedError(
                N_("A link does not move a map nor hide it. Ask the relay that made it.")
            )
        # The link is the right to this one map, asked above; who it was is what they say.
        bearer = Person(id=f"link-{link.id}", name=name, grants=MACHINE.grants)
        by = Author(name, Origin.LINK, bearer)
        return Commands(self._store).save([changed], by=by)
