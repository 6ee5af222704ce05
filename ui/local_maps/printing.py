"""The poster of the map on the desk: seen at once, fitted, and taken away in every size."""

from collections import OrderedDict
from dataclasses import replace
from threading import Lock
from typing import Final

import shapely
import streamlit as st

from directory.local_maps import LocalMap
from directory.local_maps.numbering import area_of
from exchange.basemap import basemap_facts
from exchange.poster.ground import read_ground
from exchange.poster.outcomes import Help, TooMuchError
from exchange.poster.pages import write_poster
from exchange.poster.pictures import write_png, write_preview, write_svg
from exchange.poster.sheet import Ground, Orientation, Paper, Poster
from exchange.settings import settings
from geo.errors import BadInputError
from layers.layer import Scene
from ui.language import _, say
from ui.local_maps.paper import poster_of
from ui.plan.kept import logos_of
from ui.wording import plain

PAPERS: Final[tuple[Paper, ...]] = ("A4", "A3", "A2", "A0", "A3-6", "A3-8")
LAID: Final[tuple[Orientation, ...]] = ("landscape", "portrait")
SIDES: Final = (1, 2)
SHEET: Final = "local_map_sheet"
PNG_DPI: Final = {"A4": 200, "A3": 150, "A2": 110, "A0": 60, "A3-6": 150, "A3-8": 150}
"""About 1,700 by 2,400 points to show on a screen or send; the PDF is for the printer."""
_MOST_KEPT: Final = 12
_PREVIEW: Final = "local_map_preview"


class _Grounds:
    """Grounds read before, by what set-up keeps and the area; the oldest goes first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str], Ground] = OrderedDict()

    def around(self, area: shapely.Geometry) -> Ground:
        """Return the ground of an area in EPSG:4326."""
        home = settings().home
        facts = basemap_facts(home)
        if facts is None:  # streets to walk alone, or nothing: soon read
            return read_ground(home, area)
        key = (str(facts["sha256"]), shapely.to_wkb(area, hex=True))
        with self._lock:
            if key not in self._kept:
                self._kept[key] = read_ground(home, area)
                if len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
            return self._kept[key]


_GROUNDS: Final = _Grounds()


def made(scene: Scene, draft: LocalMap, *, address: str, edition: bool = False) -> Poster:
    """Return the poster of a map as it stands today.

    Raises:
        BadInputError: nobody is on it.
    """
    area = area_of(draft, scene.atlas)
    ground = _GROUNDS.around(area) if not shapely.is_empty(area) else Ground()
    return poster_of(
        draft,
        scene.atlas,
        ground,
        scene.at,
        address=address,
        edition=edition,
        logos=logos_of(draft),
    )


def show(scene: Scene, draft: LocalMap, *, address: str) -> None:
    """Show the poster on the paper that is chosen, or what helps where it does not fit."""
    try:
        poster = made(scene, draft, address=address)
    except BadInputError as error:
        st.info(plain(say(error)))
        return
    paper, orientation, pages = _ask_sheet()
    fewer: frozenset[str] | None = st.session_state.get(f"{SHEET}_details")
    if fewer is not None:
        poster = replace(poster, details=poster.details & fewer)
    try:
        pictures = _pictures(poster, draft, scene, (paper, orientation, pages))
    except TooMuchError as error:
        st.warning(plain(say(error)))
        for n, each in enumerate(error.helps):
            st.button(_help(each), key=f"{SHEET}_help_{n}", on_click=_take, args=(each,))
        if not error.helps:
            st.caption(_("Choose fewer categories, or split the map in two."))
        return
    for n, picture in enumerate(pictures):
        st.image(picture, caption=_page(n, len(pictures)), width="stretch")
    _offer(poster, draft, paper, orientation, pages)


def _ask_sheet() -> tuple[Paper, Orientation, int]:
    names = {"A3-6": _("A3 in six folds"), "A3-8": _("A3 in eight folds")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        paper = st.selectbox(
            _("Paper"),
            PAPERS,
            index=1,
            format_func=lambda key: names.get(key, key),
            key=f"{SHEET}_paper",
            persist_state="session",
            on_change=_tell_all,
        )
        orientation: Orientation | None = st.segmented_control(
            _("Laid"),
            LAID,
            default="landscape",
            required=True,
            format_func=lambda key: _("across") if key == "landscape" else _("upright"),
            key=f"{SHEET}_orientation",
            disabled=paper in names,
        )
        pages = st.segmented_control(
            _("Sides"),
            sorted({*SIDES, int(st.session_state.get(f"{SHEET}_pages") or 1)}),
            default=1,
            required=True,
            key=f"{SHEET}_pages",
            disabled=paper in names,
            on_change=_tell_all,
        )
    if paper in names:
        return paper, "landscape", 2
    return paper, orientation or "landscape", int(pages or 1)


def _tell_all() -> None:
    """On another paper, begin again with everything the map tells."""
    st.session_state.pop(f"{SHEET}_details", None)


def _take(chosen: Help) -> None:
    """Do what helps: before the next run, while the widgets may still be told."""
    st.session_state[f"{SHEET}_paper"] = chosen.paper
    st.session_state[f"{SHEET}_pages"] = max(chosen.pages, 1)
    st.session_state[f"{SHEET}_details"] = chosen.details


def _help(each: Help) -> str:
    if each.kind == "paper":
        return _("Print it on {paper}", paper=each.paper)
    if each.kind == "pages":
        return _("Use both sides: the list goes on at the back")
    return _("Tell less of each place")


def _page(n: int, count: int) -> str | None:
    return None if count == 1 else _("Side {n}", n=n + 1)


def _pictures(
    poster: Poster, draft: LocalMap, scene: Scene, sheet: tuple[Paper, Orientation, int]
) -> tuple[bytes, ...]:
    """Return small pictures of the sheet, those of before where nothing changed."""
    key = (
        draft.model_dump_json(),
        scene.atlas.directory.revision,
        scene.at.date(),
        sheet,
        poster.details,
        poster.qr,
    )
    kept = st.session_state.get(_PREVIEW)
    if kept is not None and kept[0] == key:
        found: tuple[bytes, ...] = kept[1]
        return found
    paper, orientation, pages = sheet
    with st.spinner(_("Drawing the sheet …")):
        found = write_preview(poster, paper, orientation, pages=pages)
    st.session_state[_PREVIEW] = (key, found)
    return found


def _offer(
    poster: Poster, draft: LocalMap, paper: Paper, orientation: Orientation, pages: int
) -> None:
    """Offer the sheet as PDF, PNG and SVG; each is made when it is asked for."""

    def pdf() -> bytes:
        return write_poster(poster, paper, orientation, pages=pages)

    forms = {
        "pdf": (_("PDF to print"), "application/pdf", pdf),
        "png": (_("Picture (PNG)"), "image/png", lambda: write_png(pdf(), dpi=PNG_DPI[paper])),
        "svg": (
            _("Drawing (SVG)"),
            "image/svg+xml",
            lambda: write_svg(poster, paper, orientation, pages=pages)[0],
        ),
    }
    with st.container(horizontal=True):
        for ending, (label, media_type, make) in forms.items():
            st.download_button(
                label,
                make,
                file_name=f"{draft.id}-{paper}.{ending}",
                mime=media_type,
                type="primary" if ending == "pdf" else "secondary",
                on_click="ignore",
                key=f"{SHEET}_{ending}",
            )
