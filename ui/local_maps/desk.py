"""The local maps somebody may work on, by a role or by a link, and how one is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from directory.actors import Status
from directory.authors import Author
from directory.commands import Outcome
from directory.local_maps import LocalMap
from directory.local_maps.links import MapLink, MapLinks
from directory.people import Deed
from directory.store.rows import Kind, facts_of
from directory.texts import Texts
from exchange.indicator_columns import slug
from geo.errors import N_, NotAllowedError
from layers.layer import Scene
from ui import access, state
from ui.address import Parameter

MAP: Final = "map"
LINK: Final = "link"


@dataclass(frozen=True)
class Desk:
    """The maps one may work on, and by which right: a role, or a link to one of them."""

    maps: Mapping[str, LocalMap]
    link: MapLink | None = None

    @property
    def by_link(self) -> bool:
        """Whether somebody came with a link alone."""
        return self.link is not None


def parameters() -> dict[str, Parameter]:
    """Return what of the page is in the address."""
    return {MAP: Parameter("text"), LINK: Parameter("text")}


def open_desk() -> Desk:
    """Return the maps this person may change.

    Raises:
        NotAllowedError: a link that opens nothing.
    """
    stored = state.store().directory().local_maps
    token = str(st.session_state.get(LINK) or "")
    if token:
        link = links().find(token)
        if link is None or link.map_id not in stored or not link.is_open(state.now()):
            raise NotAllowedError(
                N_("This link opens no map any more. Ask who gave it to you for another one.")
            )
        return Desk({link.map_id: stored[link.map_id]}, link)
    known = access.grounds()
    mine = {
        key: one
        for key, one in stored.items()
        if one.status is not Status.ARCHIVED
        and access.may(
            Deed.CHANGE_LOCAL_MAP,
            neighbourhoods=known.neighbourhoods(Kind.LOCAL_MAP, facts_of(one)),
        )
    }
    ordered = sorted(mine.items(), key=lambda each: (-each[1].made_on.toordinal(), each[0]))
    return Desk(dict(ordered))


def links() -> MapLinks:
    """Return the links of this installation."""
    return MapLinks(state.store(), state.grounds)


def opened(desk: Desk) -> LocalMap | None:
    """Return the stored map that is open, if one is."""
    key = desk.link.map_id if desk.link else str(st.session_state.get(MAP) or "")
    return desk.maps.get(key)


def first(scene: Scene, neighbourhood: str, by: Author) -> LocalMap:
    """Return a map of a neighbourhood as a beginning, with a title in two languages."""
    names = scene.atlas.neighbourhoods[neighbourhood].names
    titles = {code: names[code] for code in ("fr", "nl") if names.get(code)} or dict(names)
    taken = set(state.store().directory().local_maps)
    base = slug(next(iter(titles.values())))[:60].strip("-") or "plan"
    key = next(
        name for n in range(1, 10_000) if (name := base if n == 1 else f"{base}-{n}") not in taken
    )
    return LocalMap(
        id=key,
        neighbourhood_id=neighbourhood,
        titles=Texts(titles),
        made_on=state.now().date(),
        author=by.name,
    )


def save(desk: Desk, draft: LocalMap, by: Author) -> Outcome:
    """Store a map, by a role or by the link.

    Raises:
        PleinError: it may not, somebody changed it meanwhile, or it breaks a rule.
    """
    if desk.by_link:
        token = str(st.session_state.get(LINK) or "")
        outcome = links().save(token, draft, name=by.name, now=state.now())
    else:
        outcome = access.commands().save([draft], by=by)
    state.store().expect(outcome.revision)
    return outcome
