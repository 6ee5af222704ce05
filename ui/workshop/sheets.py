"""The sheets of the tables: made to be printed before, and typed in after."""

import shapely
import streamlit as st

from directory.authors import Author
from directory.local_maps.numbering import area_of_neighbourhood
from directory.workshops import Workshop
from exchange.handout.ground import streets_around
from exchange.handout.sheet import Entry
from exchange.table_sheet.pages import write_sheets
from exchange.table_sheet.sheet import LABELS, Known, TableSheets
from ui import state, wording
from ui.language import _, current
from ui.nearby.ground import ground
from ui.workshop import doors, pages


def show(workshop: Workshop, author: Author) -> None:
    """Offer the sheets, and the page on which their lines are typed in."""
    st.write(
        _(
            "One sheet a table, on A3: the map with what is there already, and numbered lines. "
            "People write a line, and its letter on the map."
        )
    )
    if not workshop.address:
        st.info(_("Show the way in first: the sheets carry its code."))
        return
    if doors.links(workshop) is None:
        st.info(_("Show the way in again: its code is on the sheets, and kept nowhere."))
        return
    phone, _screen = doors.make_links(workshop, author)
    way = pages.way_in(workshop.address, phone)
    st.download_button(
        _("Table sheets (PDF)"),
        data=lambda: write(workshop, way),
        file_name=f"plein-tables-{workshop.day:%Y-%m-%d}.pdf",
        mime="application/pdf",
        on_click="ignore",
        type="primary",
        key="workshop_sheets",
    )
    st.markdown(
        "[" + _("Type in a table's sheet") + f"](./workshop/{phone}/sheet?lang={current()})"
    )


def write(workshop: Workshop, way_in: str) -> bytes:
    """Write the sheets of all tables as PDF."""
    language, atlas = current(), state.atlas()
    area = area_of_neighbourhood(workshop.neighbourhood_id, atlas)
    (south, west), (north, east) = pages.bounds_of(workshop, atlas) or _places_bounds(workshop)
    walker = ground().walker
    corners = [Entry(number=0, name="", lon=x, lat=y) for x, y in ((west, south), (east, north))]
    streets = streets_around(walker.network, corners, one_map=True) if walker else None
    rings = [part.exterior.coords for part in shapely.get_parts(area) if not part.is_empty]
    return write_sheets(
        TableSheets(
            title=workshop.title,
            day=wording.day(workshop.day),
            tables=workshop.tables,
            bounds=(west, south, east, north),
            places=known(workshop, language),
            border=tuple(tuple((float(x), float(y)) for x, y in ring) for ring in rings),
            streets=streets,
            way_in=way_in,
            sources="Plein" if streets is None else "Plein · © OpenStreetMap (ODbL)",
            language=language,
            labels={key: _(text) for key, text in LABELS.items()},
        )
    )


def _places_bounds(workshop: Workshop) -> list[list[float]]:
    found = known(workshop, current())
    lats = [one.lat for one in found] or [50.84, 50.85]
    lons = [one.lon for one in found] or [4.34, 4.36]
    return [[min(lats), min(lons)], [max(lats), max(lons)]]


def known(workshop: Workshop, language: str) -> tuple[Known, ...]:
    """Number what is on the map of the neighbourhood and has a point the public may know."""
    atlas = state.atlas()
    found = []
    for one in pages.known(workshop, atlas, language):
        places = atlas.actors[one["id"]].places
        if places and places[0].point:
            found.append((one["name"], places[0].point))
    return tuple(
        Known(number=n, name=name, lon=point.lon, lat=point.lat)
        for n, (name, point) in enumerate(found, 1)
    )
