"""Publish an edition, the map of today kept byte for byte; and list the earlier ones."""

from typing import Any, Final

import streamlit as st

from directory.local_maps import LocalMap
from directory.local_maps.editions import Edition, EditionFile, EditionLine, Editions, since
from directory.local_maps.numbering import area_of, numbered
from directory.people import Deed
from directory.store.rows import Kind, facts_of
from exchange.basemap_ground import read_ground
from exchange.poster.outcomes import TooMuchError
from exchange.poster.pages import Progress, write_poster
from exchange.poster.sheet import Orientation, Paper
from exchange.settings import settings
from geo.errors import N_, NotAllowedError, PleinError
from layers.layer import Scene
from ui import access, state
from ui.language import _, say
from ui.local_maps import printing
from ui.plan.edition import told_since
from ui.plan.file import plan_file
from ui.plan.ground import around
from ui.plan.kept import PAGE, PRINTED, edition_address, logos_of
from ui.wording import day as day_in_words
from ui.wording import plain

SIZES: Final[tuple[tuple[Paper, Orientation], ...]] = (
    ("A4", "portrait"),
    ("A3", "landscape"),
    ("A2", "landscape"),
    ("A0", "portrait"),
    ("A3-8", "landscape"),
)
MOST_SIDES: Final = 2
WEB_FILE: Final = "plan.html"


def show(
    scene: Scene, stored: LocalMap, *, root: str, address: str, changed: bool, by_link: bool
) -> None:
    """Offer to publish, where one may, and list the editions there are."""
    facts = facts_of(stored)
    mine = access.grounds().neighbourhoods(Kind.LOCAL_MAP, facts)
    if not by_link and access.may(Deed.PUBLISH_LOCAL_MAP, neighbourhoods=mine):
        _ask(scene, stored, address, changed=changed)
    for edition in Editions(state.store()).of(stored.id):
        _show(scene, edition, root)


def _ask(scene: Scene, stored: LocalMap, address: str, *, changed: bool) -> None:
    st.caption(
        _(
            "An edition is the map of today, dated and numbered. It stays as it is, whatever "
            "changes in the directory: what hangs on a wall can always be read again."
        )
    )
    names = [paper for paper, _way in SIZES]
    sizes = st.multiselect(
        _("On paper"), names, default=["A4", "A3"], key=f"edition_{stored.id}_sizes"
    )
    if changed:
        st.caption(_("Save the map first: an edition is of what is stored."))
    if st.button(
        _("Publish an edition"), type="primary", disabled=changed, key=f"edition_{stored.id}_make"
    ):
        try:
            made = _publish(scene, stored, [one for one in SIZES if one[0] in sizes], address)
        except PleinError as error:
            st.error(plain(say(error)))
            return
        st.success(_("Edition {number} is published.", number=made.number))


def _publish(
    scene: Scene, stored: LocalMap, sizes: list[tuple[Paper, Orientation]], address: str
) -> Edition:
    by = access.told_author()
    if by is None:
        raise NotAllowedError(N_("Say your name first."))
    poster = printing.made(scene, stored, address=address, edition=True)
    bar = st.progress(0.0, _("Drawing the sheets …"))
    files = [
        EditionFile(
            name=WEB_FILE,
            media_type=PAGE,
            content=plan_file(
                stored,
                scene.atlas,
                read_ground(settings().home, around(area_of(stored, scene.atlas))),
                scene.at,
                edition=True,
                address=address,
                logos=logos_of(stored),
            ).encode(),
        )
    ]
    for n, (paper, orientation) in enumerate(sizes):
        content = b""
        for pages in range(1, MOST_SIDES + 1):
            try:
                content = write_poster(
                    poster,
                    paper,
                    orientation,
                    pages=pages,
                    progress=_told_to(bar, n, len(sizes)),
                )
                break
            except TooMuchError:
                if pages == MOST_SIDES:
                    bar.empty()
                    raise
        files.append(EditionFile(name=f"{paper}.pdf", media_type=PRINTED, content=content))
    bar.empty()
    lines = [
        EditionLine(
            number=line.number,
            actor_id=line.actor.id,
            names=dict(line.actor.names.root),
            version=line.actor.version,
            placed=line.point is not None,
            secret=line.actor.secret_place,
        )
        for line in numbered(stored, scene.atlas).lines
    ]
    editions = Editions(state.store(), state.grounds)
    return editions.publish(stored, lines, files, day=scene.at.date(), by=by)


def _told_to(bar: Any, n: int, count: int) -> Progress:
    """Return what hears how far the n-th sheet of so many is."""

    def told(share: float) -> None:
        bar.progress((n + share) / count)

    return told


def _show(scene: Scene, edition: Edition, root: str) -> None:
    with st.container(border=True, key=f"edition_{edition.map_id}_{edition.number}"):
        st.markdown(
            "**"
            + _("Edition {number}", number=edition.number)
            + f"** · {plain(day_in_words(edition.day))} · {plain(edition.made_by)}"
        )
        different = since(edition, scene.atlas)
        if edition.taken_back_at is not None or different.hidden:
            st.warning(
                _(
                    "This edition shows somebody who may not be shown any more: its files are no "
                    "longer given out. Publish a new one."
                )
            )
            return
        for told in told_since(different):
            st.caption(told)
        with st.container(horizontal=True):
            for file in edition.files:
                st.link_button(
                    _("Web page") if file.media_type == PAGE else file.name.removesuffix(".pdf"),
                    f"{root}/{edition_address(edition, file)}",
                )
