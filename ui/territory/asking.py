"""What is asked of a proposal: where, how many, what to balance, what stays."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
import streamlit as st

from directory.indicators import POPULATION
from geo.planning import Aims, Ground, Proposal, Rules, propose_several
from geo.territory import Territory
from ui import state
from ui.language import _, current, ngettext
from ui.territory import words
from ui.territory.desk import Desk
from ui.territory.job import Work
from ui.territory.people import figure, figures

SECTORS, AREA_HA = "sectors", "area"
SEED_MAX: Final = 10_000
_RULES: Final = Rules()
_MIDDLE: Final = (_RULES.least + _RULES.most) / 2


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question to `propose_several`, and what its answer rests on, in words."""

    territory: Territory
    codes: Sequence[str]
    weight: Mapping[str, float]
    wishes: Mapping[str, Any]
    seeds: Sequence[int]
    balanced_on: str

    def work(self) -> Work:
        """Return what a thread does; it holds nothing of the session."""
        return partial(_work, self)


def _work(asked: Asked, tell: Callable[[float], None], stop: Callable[[], bool]) -> list[Proposal]:
    ground = Ground.of(asked.territory, asked.codes)
    weight = np.array([asked.weight[code] for code in ground.codes], dtype=float)
    return propose_several(ground, weight, seeds=asked.seeds, tell=tell, stop=stop, **asked.wishes)


def ask(desk: Desk) -> Asked | None:
    """Ask all of it; None while something is missing."""
    codes = _where(desk)
    number, size = _how_many(codes)
    balanced_on, weight = _balance(desk, codes)
    codes = [code for code in codes if code in weight]
    wishes = _wishes(desk, set(codes))
    with st.container(horizontal=True):
        seed = st.number_input(
            _("Seed"),
            0,
            SEED_MAX,
            0,
            key="territory_seed",
            help=_("The same seed and question give the same answer; another one, another."),
            width=130,
        )
        several = st.number_input(_("Proposals"), 1, 5, 3, key="territory_several", width=130)
    if not codes:
        st.caption(_("Choose where first."))
        return None
    return Asked(
        territory=desk.territory,
        codes=codes,
        weight=weight,
        wishes={"number": number, "size": size, **wishes},
        seeds=range(int(seed), int(seed) + int(several)),
        balanced_on=balanced_on,
    )


def _wishes(desk: Desk, among: set[str]) -> dict[str, Any]:
    """Ask how much each aim counts, and what stays as it is."""
    present = {code: found[0] for code, found in desk.now.homes().items()}
    with st.popover(_("What counts, what stays"), key="territory_aims"):
        aims = Aims(
            compact=_slider(_("Compact"), "compact"),
            balance=_slider(_("Balanced"), "balance"),
            keep=_slider(_("Near to the present ones"), "keep"),
        )
        locked = _locked(desk, among, present)
        islands = st.checkbox(
            _("Leave parts that are too small in none"), value=True, key="territory_islands"
        )
    return {"aims": aims, "present": present, "locked": locked, "leave_islands": islands}


def _where(desk: Desk) -> list[str]:
    """Ask which sectors are grouped."""
    names = {
        "region": _("The whole region"),
        "municipalities": _("Municipalities"),
        "neighbourhoods": _("Neighbourhoods"),
    }
    kind = st.segmented_control(
        _("Where"),
        list(names),
        key="territory_where",
        required=True,
        default="region",
        format_func=names.__getitem__,
    )
    sectors = desk.territory.sectors
    if kind == "municipalities":
        towns = {
            str(key): state.atlas().municipality_name(str(key), current())
            for key in sorted(set(sectors["municipality"]))
        }
        chosen = st.multiselect(
            _("Municipalities"),
            list(towns),
            key="territory_towns",
            format_func=towns.__getitem__,
            placeholder=_("Choose one"),
        )
        return [str(code) for code in sectors.index[sectors["municipality"].isin(chosen)]]
    if kind == "neighbourhoods":
        return _of_neighbourhoods(desk)
    return [str(code) for code in desk.territory.codes]


def _of_neighbourhoods(desk: Desk) -> list[str]:
    areas = {key: words.named(key, desk.now) for key in desk.now.areas}
    held = [key for key in st.session_state.get("territory_areas", []) if key in areas]
    st.session_state["territory_areas"] = held
    chosen = st.multiselect(
        _("Neighbourhoods whose sectors are grouped anew"),
        list(areas),
        key="territory_areas",
        placeholder=_("Choose one"),
        format_func=areas.__getitem__,
    )
    known = desk.territory.neighbours.keys()
    return sorted(set().union(*(desk.now.areas[key].sectors for key in chosen)) & known)


def _how_many(codes: Sequence[str]) -> tuple[int | None, float | None]:
    """Ask for a number of neighbourhoods or a size."""
    names = {"size": _("By size"), "number": _("By number")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        how = st.segmented_control(
            _("How many"),
            list(names),
            key="territory_how",
            required=True,
            default="size",
            format_func=names.__getitem__,
        )
        if how == "number":
            most = max(len(codes) // _RULES.least, 1)
            usual = min(max(round(len(codes) / _MIDDLE), 1), most)
            found = st.number_input(
                _("Neighbourhoods"), 1, most, usual, key=f"territory_number_{most}", width=150
            )
            return int(found), None
        size = st.number_input(
            _("Sectors each, on average"),
            float(_RULES.least),
            float(_RULES.most),
            _MIDDLE,
            0.5,
            key="territory_size",
            width=190,
        )
    return None, float(size)


def _balance(desk: Desk, codes: Sequence[str]) -> tuple[str, dict[str, float]]:
    """Ask what should be alike in each neighbourhood; what is not known is filled or left out."""
    known = figures()
    names = {key: f"{one.names.best(current())} ({one.year})" for key, one in known.items()}
    names |= {SECTORS: _("Number of sectors"), AREA_HA: _("Area")}
    people = [key for key, one in known.items() if one.subject == POPULATION]
    if not people:
        st.caption(
            _("How many people live where is unknown: balance on something else, or import it.")
        )
    order = [*people, *(key for key in names if key not in people)]
    kind = st.selectbox(
        _("Balanced on"), order, key="territory_balance", format_func=names.__getitem__
    )
    if kind == SECTORS:
        return names[kind], dict.fromkeys(codes, 1.0)
    if kind == AREA_HA:
        area = desk.territory.sectors["area_ha"]
        return names[kind], {code: float(area[code]) for code in codes}
    values = figure(known[kind]).found.values
    found = {code: value for code in codes if (value := values.get(code)) is not None}
    found = {code: value for code, value in found.items() if value >= 0}
    return names[kind], _filled(codes, found)


def _filled(codes: Sequence[str], found: dict[str, float]) -> dict[str, float]:
    missing = [code for code in codes if code not in found]
    if not missing:
        return found
    middle = float(np.median(list(found.values()))) if found else 0.0
    st.caption(
        ngettext(
            "It is unknown in {n} sector: it is not taken for zero.",
            "It is unknown in {n} sectors: it is not taken for zero.",
            len(missing),
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {"fill": _("Take instead"), "leave": _("Leave them out")}
        how = st.segmented_control(
            _("Where it is unknown"),
            list(names),
            key="territory_missing",
            required=True,
            default="fill",
            format_func=names.__getitem__,
        )
        if how == "leave":
            return found
        value = st.number_input(
            _("A sector counts for"),
            0.0,
            value=float(round(middle)),
            key="territory_fill",
            width=170,
        )
    return found | dict.fromkeys(missing, float(value))


def _slider(label: str, name: str) -> float:
    return float(
        st.slider(
            label,
            0.0,
            3.0,
            1.0,
            0.25,
            key=f"territory_aim_{name}",
            help=_("1 is our balance of the three; 0 leaves it out."),
        )
    )


def _locked(desk: Desk, among: set[str], present: Mapping[str, str]) -> list[str]:
    """Ask which neighbourhoods or sectors stay as they are."""
    areas = {
        key: words.named(key, desk.now)
        for key, area in desk.now.areas.items()
        if area.sectors & among
    }
    codes = {
        code: f"{words.sector(code)} ({areas.get(present[code], '')})"
        for code in present
        if code in among
    }
    for key, options in (("territory_lock_areas", areas), ("territory_lock_sectors", codes)):
        st.session_state[key] = [one for one in st.session_state.get(key, []) if one in options]
    whole = st.multiselect(
        _("Neighbourhoods that stay together"),
        list(areas),
        key="territory_lock_areas",
        placeholder=_("Choose one"),
        format_func=areas.__getitem__,
    )
    some = st.multiselect(
        _("Sectors that stay in theirs"),
        sorted(codes, key=codes.__getitem__),
        key="territory_lock_sectors",
        placeholder=_("Choose one"),
        format_func=codes.__getitem__,
    )
    kept = {code for code, home in present.items() if home in whole and code in among}
    return sorted(kept | set(some))
