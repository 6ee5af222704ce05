"""Coverage as one sees it: what is asked, the map of classes, the table, the reasons."""

import base64
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from directory.categories import CATEGORIES, GROUPS
from directory.nearby import Pace
from geo.coverage import Measure, State
from layers import actors
from layers.layer import Scene
from ui import look
from ui.address import Parameter
from ui.browser import MAP, mount
from ui.coverage.measured import WORDS, Measured
from ui.coverage.scales import COLOURS, SCALES, labels, name, teller
from ui.language import _, current, ngettext
from ui.mapview import PICK, bits, is_pick, picked

WHAT, MEASURE, CHECKED = "what", "measure", "checked"
FIRST: Final = "pharmacy"
_MAP: Final = "coverage_map"
_ROWS_PX: Final = 420
NEAREST: Final = 3
"""Places told of a sector."""


@dataclass(frozen=True)
class Asked:
    """One measure of one category: a value, a state and a class for each sector."""

    what: str
    measure: str
    value: NDArray[np.float64]
    state: NDArray[np.int8]

    @property
    def classes(self) -> bytes:
        """The class of each sector, 255 where it is not known."""
        return SCALES[self.measure].classes(self.value, self.state != State.KNOWN)


def parameters() -> dict[str, Parameter]:
    """Return what of this page is kept in the address."""
    return {
        WHAT: Parameter("one", WORDS.__contains__, default=FIRST),
        MEASURE: Parameter("one", SCALES.__contains__, default=Measure.NEAREST_MIN.value),
        CHECKED: Parameter("flag"),
        PICK: Parameter("one", is_pick),
    }


def ask() -> None:
    """Ask what of, and how it is measured."""
    language = current()
    told = {key: found.labels.best(language) for key, found in GROUPS.items()}
    told = {key: _("{group}: all", group=label) for key, label in told.items()}
    told |= {key: found.labels.best(language) for key, found in CATEGORIES.items()}
    st.selectbox(_("Of what?"), list(told), key=WHAT, format_func=told.__getitem__)
    st.selectbox(_("Measured how?"), list(SCALES), key=MEASURE, format_func=name)
    st.toggle(_("Only what a relay checked in the last year"), key=CHECKED)


def answer(found: Measured) -> Asked:
    """Return the measure asked for."""
    what, measure = str(st.session_state[WHAT]), str(st.session_state[MEASURE])
    cells = found.coverage.cells[Measure(measure)]
    row = found.place(what)
    return Asked(what=what, measure=measure, value=cells.value[row], state=cells.state[row])


def show_map(scene: Scene, asked: Asked) -> None:
    """Draw the sectors by class."""
    chosen = picked()
    shown = [
        any(key in (asked.what, CATEGORIES[key].group) or asked.what == CATEGORIES[key].group
            for key in scene.atlas.actors[one].categories)
        for one in actors.order(scene)
    ]  # fmt: skip
    spec: dict[str, Any] = {
        "selected": {"layer": chosen.layer, "id": chosen.id} if chosen else None,
        "focus": True,
        "shown": {"actors": bits(shown)},
        "shades": {
            "layer": "sectors",
            "colours": list(COLOURS),
            "classes": base64.b64encode(asked.classes).decode("ascii"),
        },
    }

    def take() -> None:
        value = str(st.session_state[_MAP].get("picked") or "")
        if is_pick(value):
            st.session_state[PICK] = value

    mount(MAP, scene, _MAP, spec, picked=take)


def show_key(asked: Asked) -> None:
    """Name the classes and how many sectors are in each; unknown is a class of its own."""
    classes = np.frombuffer(asked.classes, dtype=np.uint8)
    rows = [
        {"label": label, "colour": number, "count": int((classes == number).sum())}
        for number, label in enumerate(labels(asked.measure))
    ]
    states = {
        State.NO_NETWORK: _("Unknown: no streets to walk are known here"),
        State.QUARTER_ONLY: _("Unknown: a place is known only by its part of town"),
        State.UNVERIFIED_ONLY: _("Unknown: nothing here was checked"),
        State.NO_POPULATION: _("Nobody lives here, or nobody knows how many"),
    }
    unknown = [
        {"label": told, "colour": "unknown", "count": int((asked.state == state).sum())}
        for state, told in states.items()
        if (asked.state == state).any()
    ]
    look.render("coverage_key.html.j2", title=name(asked.measure), rows=[*rows, *unknown])


def table(scene: Scene, found: Measured, asked: Asked) -> pd.DataFrame:
    """List the sectors, those that lack first and the unknown last."""
    atlas, language = found.atlas, scene.language
    codes = list(found.coverage.demand.codes)
    told = teller(asked.measure)
    worst = asked.value if SCALES[asked.measure].more_is_better else -asked.value
    order = np.lexsort((codes, worst, np.isnan(asked.value)))
    rows = []
    for at in order:
        where = atlas.area_of_sector(codes[at])
        known = asked.state[at] == State.KNOWN
        rows.append(
            {
                _("Sector"): atlas.sector_name(codes[at], language),
                _("Result"): told(float(asked.value[at])) if known else _("unknown"),
                _("Municipality"): atlas.municipality_name(where.municipality, language),
                _("Neighbourhood of a relay"): atlas.neighbourhood_name(
                    where.neighbourhood, language
                ),
                _("Code"): codes[at],
            }
        )
    return pd.DataFrame(rows)


def show_table(frame: pd.DataFrame) -> None:
    """Show the table, and let it be taken along."""
    st.dataframe(frame, hide_index=True, height=_ROWS_PX, width="stretch")
    st.download_button(
        _("Download the table (CSV)"),
        data=frame.to_csv(index=False).encode("utf-8-sig"),
        file_name="plein-coverage.csv",
        mime="text/csv",
        key="coverage_csv",
        on_click="ignore",
    )


def show_why(scene: Scene, found: Measured, asked: Asked) -> None:
    """Tell of the chosen sector what is nearest to its middle, and how far on foot."""
    chosen = picked()
    codes = list(found.coverage.demand.codes)
    with st.container(key="coverage_why"):
        if chosen is None or chosen.layer != "sectors" or chosen.id not in codes:
            st.caption(_("Choose a sector on the map to see why."))
            return
        at = codes.index(chosen.id)
        known = asked.state[at] == State.KNOWN
        look.render(
            "coverage_why.html.j2",
            lang=scene.language,
            name=found.atlas.sector_name(chosen.id, scene.language),
            result=teller(asked.measure)(float(asked.value[at])) if known else _("unknown"),
            title=_("Nearest to the middle of the sector"),
            lines=_nearest(scene, found, asked, chosen.id),
            none=_("None that one can walk to is known."),
        )


def _nearest(scene: Scene, found: Measured, asked: Asked, code: str) -> list[dict[str, str]]:
    atlas, services = found.atlas, found.coverage.services
    lon, lat = atlas.territory.label_point([code])
    rows = services.rows(found.place(asked.what))
    metres = found.walker.reach(lon, lat).to(services.spots[rows])
    order = np.argsort(metres, kind="stable")[:NEAREST]
    ids = found.ids
    return [
        {
            "name": atlas.actors[ids[rows[place]]].names.best(scene.language),
            "minutes": ngettext(
                "{n} minute on foot",
                "{n} minutes on foot",
                max(1, ceil(metres[place] / Pace.USUAL.m_per_min)),
            ),
        }
        for place in order
        if np.isfinite(metres[place])
    ]
