"""A figure as one sees it: on the map by class, its facts, the sector one chose, the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from directory.indicators import RULES, BySector, Indicator, Rule, Unit, newest
from directory.store.rows import SLUG
from geo.levels import Level
from layers import actors
from layers.layer import Scene
from ui import look, wording
from ui.address import Parameter
from ui.browser import MAP, mount
from ui.coverage.packing import pack_classes
from ui.figures import shown, telling
from ui.figures.classes import Classes, quantiles
from ui.language import _
from ui.mapview import PICK, bits, is_pick, picked

FIGURE, PART = "figure", "part"
PARTS: Final = ("map", "list", "in")
_MAP: Final = "figures_map"
_ROWS_PX: Final = 420


@dataclass(frozen=True)
class Chosen:
    """One figure on the territory; `found` is None where no rule brings it to the sectors."""

    scene: Scene
    indicator: Indicator
    found: BySector | None

    @cached_property
    def values(self) -> NDArray[np.float64]:
        """A value a sector, NaN where it is not known."""
        return shown.column(self.found, self.scene.atlas.territory)

    @cached_property
    def classes(self) -> Classes:
        """The class of each sector."""
        return quantiles(self.values)

    @property
    def estimated(self) -> bool:
        """Whether the sectors show what was published for their district."""
        return self.found is not None and self.found.rule is not Rule.PUBLISHED


def parameters() -> dict[str, Parameter]:
    """Return what of this page is kept in the address."""
    return {
        FIGURE: Parameter("one", lambda value: SLUG.fullmatch(value) is not None),
        PART: Parameter("one", PARTS.__contains__, default=PARTS[0]),
        PICK: Parameter("one", is_pick),
    }


def part() -> str:
    """Return which part of the page one is at."""
    return str(st.session_state.get(PART) or PARTS[0])


def places() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return where words and map stand: beside each other, or one place where there is no map."""
    if part() == "map":
        side, ground = st.columns([5, 8], gap="medium")
        return side, ground
    whole = st.container()
    return whole, whole


def choose_part(*, editing: bool) -> None:
    """Offer the map and the list, and to whoever may edit a file on its way in."""
    names = {"map": _("On the map"), "list": _("List")}
    if editing or part() == "in":
        names["in"] = _("Bring in a file")
    st.segmented_control(
        _("Part of the page"),
        list(names),
        key=PART,
        required=True,
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )


def show_none(*, editing: bool) -> None:
    """Say that there is no figure yet, and what to do."""
    told = _("No figure is known yet: how many people live where, say.")
    more = _("Bring in a file, or have the population fetched.") if editing else ""
    st.info(f"{told} {more}".strip())


def choose_one(names: Mapping[str, str]) -> str:
    """Ask which of some figures; the one chosen stays so when others come, go or are renamed."""
    held = st.session_state.get(FIGURE)
    st.session_state[FIGURE] = held if held in names else next(iter(names))
    told = st.selectbox(_("Which figure?"), list(names), key=FIGURE, format_func=names.__getitem__)
    return str(told)


def choose(scene: Scene) -> Chosen | None:
    """Ask which figure; None where there is none yet."""
    indicators = scene.atlas.directory.indicators
    found = shown.in_use(indicators, scene.language)
    if not found:
        return None
    chosen = choose_one({key: telling.name(one) for key, one in found.items()})
    indicator = found[chosen]
    territory = scene.atlas.territory
    return Chosen(scene, indicator, shown.on_sectors(indicator, territory, indicators))


def show_map(chosen: Chosen) -> None:
    """Draw the sectors by class; what is not known is hatched."""
    pick = picked()
    classes = chosen.classes
    spec: dict[str, Any] = {
        "selected": {"layer": pick.layer, "id": pick.id} if pick else None,
        "focus": True,
        "shown": {"actors": bits([False] * len(actors.order(chosen.scene)))},
        "shades": {
            "layer": "sectors",
            "colours": list(classes.colours),
            "classes": pack_classes(classes.of),
            "labels": [span(*each, chosen.indicator.unit) for each in classes.spans],
        },
    }

    def take() -> None:
        value = str(st.session_state[_MAP].get("picked") or "")
        if is_pick(value):
            st.session_state[PICK] = value

    mount(MAP, chosen.scene, _MAP, spec, picked=take)


def show_key(chosen: Chosen) -> None:
    """Name the classes and how many sectors are in each; unknown is a class of its own."""
    unit, classes = chosen.indicator.unit, chosen.classes
    rows = [
        {"label": span(least, most, unit), "colour": colour, "count": classes.count(number)}
        for number, ((least, most), colour) in enumerate(
            zip(classes.spans, classes.colours, strict=True)
        )
    ]
    unknown = int(np.isnan(chosen.values).sum())
    if unknown:
        rows.append({"label": _("unknown"), "colour": "", "count": unknown})
    look.render(
        "figures_key.html.j2",
        title=_("Classes with about as many sectors each"),
        rows=rows,
        notes=notes(chosen),
    )


def span(least: float, most: float, unit: Unit) -> str:
    """Write what a class spans."""
    if least == most:
        return telling.value(least, unit)
    return _("{low} to {high}", low=telling.value(least, unit), high=telling.value(most, unit))


def notes(chosen: Chosen) -> list[str]:
    """Tell by which rule the sectors came by their values, where it is not as published."""
    if chosen.found is None:
        return [
            _(
                "People of a district are shared out over its sectors by the population of the "
                "sectors, which is not known yet: the map stays unknown, the table tells the "
                "districts."
            )
        ]
    return [_(RULES[chosen.found.rule])] if chosen.estimated else []


def show_facts(chosen: Chosen) -> None:
    """Tell what the figure is, where it comes from and under which licence."""
    one, territory = chosen.indicator, chosen.scene.atlas.territory
    look.render(
        "figure_facts.html.j2",
        summary=summary(one, shown.areas(one, territory)),
        source=_("Source: {source}", source=source(one)),
        link=link(one),
    )


def summary(one: Indicator, areas: int) -> list[str]:
    """Tell of a figure what is known and, of people, how many they are together."""
    told = [telling.known(one, areas)]
    if one.unit is Unit.PEOPLE:
        total = sum(value for value in one.values.values() if value is not None)
        told.append(_("{total} people together", total=telling.value(total, one.unit)))
    return told


def source(one: Indicator) -> str:
    """Tell source, licence, and the day it was read."""
    told = [one.source.name, one.source.licence or _("licence unknown")]
    if one.source.read_on is not None:
        told.append(_("read on {day}", day=wording.day(one.source.read_on)))
    return ", ".join(told)


def link(one: Indicator) -> str:
    """Return the address of the source where it is one a browser may follow."""
    parts = urlsplit(one.source.url)
    return one.source.url if parts.scheme in ("http", "https") and parts.netloc else ""


def show_sector(chosen: Chosen) -> None:
    """Tell the value of the chosen sector."""
    pick, atlas = picked(), chosen.scene.atlas
    codes = [str(code) for code in atlas.territory.codes]
    if pick is None or pick.layer != "sectors" or pick.id not in codes:
        st.caption(_("Choose a sector on the map to see its figure."))
        return
    value = float(chosen.values[codes.index(pick.id)])
    known = not np.isnan(value)
    told = telling.value(value if known else None, chosen.indicator.unit)
    lines = [_district(chosen, pick.id)] if chosen.indicator.level is Level.DISTRICT else []
    look.render(
        "figure_sector.html.j2",
        name=atlas.sector_name(pick.id, chosen.scene.language),
        result=_("{value}, estimated", value=told) if chosen.estimated and known else told,
        lines=[*lines, *_year_before(chosen, pick.id)],
    )


def _district(chosen: Chosen, sector: str) -> str:
    territory = chosen.scene.atlas.territory
    district = str(territory.sectors["district"][sector])
    value = telling.value(chosen.indicator.values.get(district), chosen.indicator.unit)
    if not district:
        return _("It lies in no monitoring district.")
    name = district_name(chosen.scene, district)
    return _("Its district, {name}: {value}", name=name, value=value)


def _year_before(chosen: Chosen, sector: str) -> list[str]:
    """Tell what the figure was in the last year before, where there is one."""
    one = chosen.indicator
    if one.level is not Level.SECTOR:
        return []
    indicators = chosen.scene.atlas.directory.indicators
    before = newest(indicators, one.subject, by_year=one.year - 1)
    if before is None:
        return []
    told = telling.value(before.values.get(sector), before.unit)
    return [_("In {year}: {value}", year=before.year, value=told)]


def district_name(scene: Scene, code: str) -> str:
    """Name a monitoring district."""
    districts = scene.atlas.territory.districts
    if code not in districts.index:
        return code
    row = districts.loc[code]
    own, other = ("name_nl", "name_fr") if scene.language == "nl" else ("name_fr", "name_nl")
    return str(row[own] or row[other] or code)


def table(chosen: Chosen) -> dict[str, list[str | float | None]]:
    """List the areas the figure was published for by column; the most first, the unknown last."""
    scene, one = chosen.scene, chosen.indicator
    atlas, language = scene.atlas, scene.language
    by_district = one.level is Level.DISTRICT
    areas = atlas.territory.districts.index if by_district else atlas.territory.codes
    codes = sorted(map(str, areas), key=lambda code: (_down(one.values.get(code)), code))
    named: dict[str, list[str | float | None]] = {}
    if by_district:
        named[_("Monitoring district")] = [district_name(scene, code) for code in codes]
    else:
        towns = (atlas.area_of_sector(code).municipality for code in codes)
        named[_("Sector")] = [atlas.sector_name(code, language) for code in codes]
        named[_("Municipality")] = [atlas.municipality_name(town, language) for town in towns]
    named[_("Figure")] = [one.values.get(code) for code in codes]
    named[_("Code")] = list(codes)
    return named


def _down(value: float | None) -> float:
    return float("inf") if value is None else -value


def show_table(chosen: Chosen) -> None:
    """Show the table."""
    share = chosen.indicator.unit is Unit.SHARE
    st.dataframe(
        table(chosen),
        hide_index=True,
        height=_ROWS_PX,
        width="stretch",
        column_config={
            _("Figure"): st.column_config.NumberColumn(format="percent" if share else "localized")
        },
    )
