"""The steps of a plan in words, and the way back."""

import streamlit as st

from directory.categories import CATEGORIES
from directory.plans import Fault, Lost
from directory.scenarios import Plan, Put, Step
from ui import look
from ui.coverage.measured import Measured
from ui.language import _, current, ngettext, say
from ui.what_if.desk import desk
from ui.what_if.screen import name_of


def show_ways() -> None:
    """Offer to undo, to redo and to begin anew; tell what could not be done."""
    mine = desk()
    with st.container(key="what_if_ways", horizontal=True):
        st.button(_("Undo"), disabled=mine.at == 0, on_click=mine.undo, key="what_if_undo")
        last = mine.at == len(mine.plans) - 1
        st.button(_("Redo"), disabled=last, on_click=mine.redo, key="what_if_redo")
        st.button(
            _("As it is today"),
            disabled=not mine.plan,
            on_click=lambda: mine.take(()),
            key="what_if_clear",
        )
    if mine.problem is not None:
        st.warning(say(mine.problem))


def show_steps(found: Measured) -> None:
    """List the steps, and those that no longer hold."""
    mine = desk()
    if mine.plan:
        look.render(
            "what_if_steps.html.j2",
            title=ngettext("{n} step", "{n} steps", len(mine.plan)),
            steps=[{"act": step.act, **_step(found, step)} for step in mine.plan],
        )
    if mine.lost:
        show_lost(found, mine.lost)


def _step(found: Measured, step: Step) -> dict[str, str]:
    kinds = {
        "put": _("would be new"),
        "move": _("would stand elsewhere"),
        "close": _("would close"),
    }
    where = "" if step.act == "close" else area_of(found, step.at.lon, step.at.lat)
    name = name_of(found, step.key)
    if isinstance(step, Put):
        name += " · " + ", ".join(category(key) for key in step.categories)
    return {"name": name, "told": kinds[step.act], "where": where}


def category(key: str) -> str:
    """Name a category; one that is not known is told by its id."""
    return CATEGORIES[key].labels.best(current()) if key in CATEGORIES else key


def area_of(found: Measured, lon: float, lat: float) -> str:
    """Name the sector and the municipality of a position."""
    atlas, language = found.atlas, current()
    code = atlas.territory.locate_lonlat(lon, lat)[0]
    if code is None:
        return _("outside the territory")
    where = atlas.area_of_sector(str(code))
    town = atlas.municipality_name(where.municipality, language)
    return f"{atlas.sector_name(str(code), language)}, {town}"


def lines_of(found: Measured, plan: Plan) -> list[tuple[str, str, str]]:
    """Return what, what becomes of it and where, of each step."""
    told = [_step(found, step) for step in plan]
    return [(one["name"], one["told"], one["where"]) for one in told]


def show_lost(found: Measured, lost: tuple[Lost, ...]) -> None:
    """Tell which steps are left out, and why."""
    reasons = {
        Fault.GONE: _("is no longer in the directory"),
        Fault.HIDDEN: _("is no longer public: archived, or not published"),
        Fault.NO_POINT: _("has no position any more"),
        Fault.MOVED: _("stands elsewhere than when the step was drawn"),
        Fault.CATEGORY: _("is of a category that is no longer known"),
    }
    told = [
        _("Step {row}, {name}: {reason}.", row=one.row, name=name_of(found, one.step.key),
          reason=reasons[one.fault])
        for one in lost
    ]  # fmt: skip
    look.render(
        "what_if_lost.html.j2",
        title=ngettext("{n} step is left out", "{n} steps are left out", len(lost)),
        lines=told,
        note=_("The others hold. Saving keeps the scenario without what is left out."),
    )
