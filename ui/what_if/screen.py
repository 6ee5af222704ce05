"""What if, as one sees it: what is asked, what changes, the map, the sectors that change."""

from typing import Any, Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from directory.categories import CATEGORIES, GROUPS
from directory.scenarios import Put
from directory.store.rows import SLUG
from directory.trial import Trial
from geo.coverage import Measure
from geo.crs import WGS_84
from geo.levels import Level
from layers import actors
from layers.layer import Scene
from ui import look
from ui.address import Parameter
from ui.browser import MAP, mount
from ui.coverage.measured import WORDS, Measured
from ui.coverage.packing import pack_classes
from ui.language import _, current, ngettext
from ui.mapview import PICK, bits, is_pick, picked
from ui.what_if import shades
from ui.what_if.desk import desk, heard, keys_of
from ui.what_if.outcome import Outcome
from ui.what_if.shades import DIVERGING, LEVELS, SHADES

WHAT, MEASURE, CHECKED, VIEW, TASK = "what", "measure", "checked", "view", "task"
SCENARIO, AGAINST, LEVEL = "scenario", "against", "level"
FIRST: Final = "pharmacy"
NOW: Final = "now"
"""Stands for the present where a scenario may be chosen; ids of scenarios are longer."""
NEW_ONE: Final = "what_if_new"
VIEWS: Final = ("difference", "then", "now")
TASKS: Final = ("try", "propose", "keep")
MAP_KEY: Final = "what_if_map"
LEVELS_TOLD: Final = (Level.SECTOR.value, Level.NEIGHBOURHOOD.value, Level.MUNICIPALITY.value)
_ROWS_PX: Final = 330


def parameters() -> dict[str, Parameter]:
    """Return what of this page is kept in the address."""
    return {
        WHAT: Parameter("one", WORDS.__contains__, default=FIRST),
        MEASURE: Parameter("one", SHADES.__contains__, default=Measure.REACHED_10.value),
        CHECKED: Parameter("flag"),
        VIEW: Parameter("one", VIEWS.__contains__, default=VIEWS[0]),
        TASK: Parameter("one", TASKS.__contains__, default=TASKS[0]),
        SCENARIO: Parameter("one", _is_id),
        AGAINST: Parameter("one", _is_id, default=NOW),
        LEVEL: Parameter("one", LEVELS_TOLD.__contains__, default=Level.SECTOR.value),
        PICK: Parameter("one", is_pick),
    }


def _is_id(value: str) -> bool:
    return SLUG.fullmatch(value) is not None


def ask(*, people: bool) -> None:
    """Ask what of, how it is measured and, of a group, what a new one would be."""
    told = words()
    st.selectbox(_("Of what?"), list(told), key=WHAT, format_func=told.__getitem__)
    measures = [one for one in SHADES if people or one != Measure.TWO_STEP]
    if st.session_state[MEASURE] not in measures:
        st.session_state[MEASURE] = measures[0]
    st.selectbox(_("Measured how?"), measures, key=MEASURE, format_func=shades.name)
    what = str(st.session_state[WHAT])
    if what in GROUPS:
        kinds = [key for key, found in CATEGORIES.items() if found.group == what]
        if st.session_state.get(NEW_ONE) not in kinds:
            st.session_state[NEW_ONE] = kinds[0]
        st.selectbox(_("A new one is"), kinds, key=NEW_ONE, format_func=told.__getitem__)
    st.toggle(_("Only what a relay checked in the last year"), key=CHECKED)


def words() -> dict[str, str]:
    """Name the groups and categories in the language of the reader."""
    language = current()
    told = {key: found.labels.best(language) for key, found in GROUPS.items()}
    told = {key: _("{group}: all", group=label) for key, label in told.items()}
    return told | {key: found.labels.best(language) for key, found in CATEGORIES.items()}


def put_as() -> str:
    """Return the category a new service is of."""
    what = str(st.session_state[WHAT])
    return str(st.session_state[NEW_ONE]) if what in GROUPS else what


def minutes() -> int:
    """Return the minutes within which people are counted."""
    return shades.MINUTES.get(Measure(st.session_state[MEASURE]), 10)


def headline(found: Measured, outcome: Outcome) -> list[str]:
    """Say in a line or two who gains and who loses."""
    told, within = outcome.told(minutes()), minutes()
    lines: list[str] = []
    if found.population is None:
        if told.sectors_gained:
            lines.append(
                ngettext(
                    "In {n} sector more people reach one within {minutes} minutes",
                    "In {n} sectors more people reach one within {minutes} minutes",
                    told.sectors_gained,
                    minutes=within,
                )
            )
        if told.sectors_lost:
            lines.append(ngettext("in {n} fewer", "in {n} fewer", told.sectors_lost))
    else:
        gained, lost = round(told.gained), round(told.lost)
        if gained:
            lines.append(
                ngettext(
                    "{n} person more reaches one within {minutes} minutes",
                    "{n} people more reach one within {minutes} minutes",
                    gained,
                    minutes=within,
                )
            )
        if lost:
            lines.append(
                ngettext(
                    "{n} person fewer reaches one within {minutes} minutes",
                    "{n} people fewer reach one within {minutes} minutes",
                    lost,
                    minutes=within,
                )
            )
    return lines or [_("Nobody gains or loses one within {minutes} minutes", minutes=within)]


def show_effect(found: Measured, outcome: Outcome, beside: str) -> None:
    """Show the headline, and what it does not know; `beside` names the other side, not today."""
    mine, notes = desk(), []
    told = outcome.told(minutes())
    if not mine.plan and not beside:
        lines = [_("Nothing is changed yet.")]
        notes.append(
            _(
                "Put a new one with the button on the map, drag one elsewhere, or press one to "
                "close it."
            )
        )
    else:
        lines = headline(found, outcome)
        if found.population is None:
            notes.append(
                _("How many people that is, is not known: no population by sector is here yet.")
            )
        elif told.unknown:
            notes.append(
                ngettext(
                    "In {n} sector that changes, how many people live there is not known: it "
                    "counts nobody.",
                    "In {n} sectors that change, how many people live there is not known: they "
                    "count nobody.",
                    told.unknown,
                )
            )
        notes += stranded(found)
    look.render(
        "what_if_effect.html.j2",
        kicker=words()[str(st.session_state[WHAT])],
        beside=_("compared with “{title}”", title=beside) if beside else "",
        lines=lines,
        notes=notes,
    )


def stranded(found: Measured) -> list[str]:
    """Tell of the steps that stand where nobody is known to walk."""
    steps = [step for step in desk().plan if step.act != "close"]
    if not steps:
        return []
    spots = found.walker.network.snap(
        [step.at.lon for step in steps], [step.at.lat for step in steps]
    )
    return [
        _(
            "{name}: more than 150 m from every street that is known, so nobody can be said to "
            "walk there.",
            name=name_of(found, steps[at].key),
        )
        for at in np.flatnonzero(spots.off)
    ]


def name_of(found: Measured, key: str) -> str:
    """Name a service by its key; a new one by its number."""
    if key.startswith("+"):
        return _("New {n}", n=key[1:])
    actor = found.atlas.actors.get(key.split("/", 1)[0])
    return (actor.names.best(current()) if actor else "") or key


def show_map(scene: Scene, found: Measured, trial: Trial, outcome: Outcome) -> None:
    """Draw the sectors by class, and the services as signs one can drag."""
    chosen = picked()
    spec: dict[str, Any] = {
        "selected": {"layer": chosen.layer, "id": chosen.id} if chosen else None,
        "focus": False,
        "shown": {"actors": bits([False] * len(actors.order(scene)))},
        "shades": {
            "layer": "sectors",
            "colours": list(DIVERGING if st.session_state[VIEW] == "difference" else LEVELS),
            "classes": pack_classes(classes(outcome)),
        },
        "moves": services(scene, found)
        | {"effect": ", ".join(headline(found, outcome)) if desk().plan else ""},
        **_bounds(found),
    }

    def pick() -> None:
        value = str(st.session_state[MAP_KEY].get("picked") or "")
        if is_pick(value):
            st.session_state[PICK] = value

    def moved() -> None:
        heard(st.session_state[MAP_KEY].get("moved"), put_as(), trial.standing)

    mount(MAP, scene, MAP_KEY, spec, picked=pick, moved=moved)


def _bounds(found: Measured) -> dict[str, Any]:
    """Begin where streets are known, if that is a part of the territory only."""
    walkable = found.coverage.demand.walkable
    if walkable.all() or not walkable.any():
        return {}
    shapes = found.atlas.territory.sectors.geometry[walkable]
    west, south, east, north = shapes.to_crs(WGS_84).total_bounds
    return {"bounds": [[south, west], [north, east]]}


def services(scene: Scene, found: Measured) -> dict[str, Any]:
    """Tell the map which services stand where, and which would be elsewhere."""
    what = str(st.session_state[WHAT])
    keys, mine = keys_of(found), desk().plan
    base = found.coverage.services
    rows = base.rows(found.place(what))
    standing = {keys[row] for row in rows}
    offered = {key: CATEGORIES[key].group for key in CATEGORIES}
    steps = [
        step
        for step in mine
        if step.key in standing
        or (isinstance(step, Put) and any(what in (key, offered[key]) for key in step.categories))
    ]
    return {
        "shown": bits([key in standing for key in actors.order(scene)]),
        "others": [
            {
                "key": keys[row],
                "name": name_of(found, keys[row]),
                "lat": float(base.spots.lat[row]),
                "lon": float(base.spots.lon[row]),
            }
            for row in rows
            if "/" in keys[row]
        ],
        "steps": [_told(found, step) for step in steps],
    }


def _told(found: Measured, step: Any) -> dict[str, Any]:
    at = step.was if step.act == "close" else step.at
    told = {"key": step.key, "act": step.act, "name": name_of(found, step.key)}
    told |= {"lat": at.lat, "lon": at.lon}
    return told | ({"was": [step.was.lat, step.was.lon]} if step.act == "move" else {})


def classes(outcome: Outcome) -> NDArray[np.uint8]:
    """Return the class of each sector in the view that is chosen."""
    measure = str(st.session_state[MEASURE])
    shade, view = SHADES[measure], st.session_state[VIEW]
    if view == "difference":
        return shade.differences(outcome.difference(shade.measure))
    side = outcome.after if view == "then" else outcome.before
    return shade.values(side[shade.measure].value)


def ask_view() -> None:
    """Ask whether the map tells the difference, what would be or what is."""
    told = {
        "difference": _("Difference"),
        "then": _("As it would be"),
        "now": _("As it is"),
    }
    st.segmented_control(
        _("The map shows"),
        VIEWS,
        key=VIEW,
        format_func=told.__getitem__,
        required=True,
        label_visibility="collapsed",
    )


def show_key(outcome: Outcome) -> None:
    """Name the classes on the map and how many sectors are in each."""
    measure, found = str(st.session_state[MEASURE]), classes(outcome)
    apart = st.session_state[VIEW] == "difference"
    labels = shades.difference_labels(measure) if apart else shades.level_labels(measure)
    rows = [
        {
            "label": label,
            "colour": f"{'apart' if apart else 'level'}-{number}",
            "count": shades.number(int((found == number).sum())),
        }
        for number, label in enumerate(labels)
    ]
    unknown = int((found == shades.UNKNOWN).sum())
    if unknown:
        rows.append(
            {
                "label": _("not known"),
                "colour": "class-unknown",
                "count": shades.number(unknown),
            }
        )
    look.render("what_if_key.html.j2", title=shades.name(measure), rows=rows)
