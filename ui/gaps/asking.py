"""What is asked of the gaps: of what, how far, which areas, and what makes a need."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from directory.categories import CATEGORIES, GROUPS
from directory.indicators import POPULATION
from geo.coverage import ZONES_MIN
from geo.levels import Level
from ui.address import Parameter
from ui.coverage.measured import WORDS, Measured
from ui.gaps.figures import Known, known
from ui.language import _, current
from ui.mapview import PICK, is_pick

WHAT, HOW, WITHIN, LEVEL, CHECKED, BY = "what", "how", "within", "level", "checked", "by"
SHARE, MINUTES = "share", "minutes"
MORE, LESS = "more", "less"
LEVELS: Final = (Level.SECTOR, Level.NEIGHBOURHOOD, Level.DISTRICT, Level.MUNICIPALITY)
"""The levels that are ranked."""
WEIGHT: Final = 50
WEIGHT_MAX: Final = 100
_NOBODY: Final = "none"
"""Stands in the address for no indicator at all, where there would be one by default."""


@dataclass(frozen=True)
class Weighed:
    """An indicator that makes a need."""

    known: Known
    weight: int
    less_is_need: bool


@dataclass(frozen=True)
class Asked:
    """What is asked: of which service, by which lack, for which areas, by which need."""

    what: str
    how: str
    within_min: int
    level: Level
    need: tuple[Weighed, ...]


class Whole(Parameter):
    """A whole number from 0 to 100, as a slider holds it."""

    def read(self, values: list[str]) -> object:
        """Turn the value of the address into a number."""
        return int(str(super().read(values)))

    def write(self, held: object) -> list[str]:
        """Turn the number into a value of the address; empty for the default."""
        return super().write(None if held is None else str(held))


class Several(Parameter):
    """Some of several, which by default are not none."""

    def read(self, values: list[str]) -> object:
        """Turn the values of the address into what the widget holds."""
        if not values:
            return [self.default] if self.default else []
        return super().read(values)

    def write(self, held: object) -> list[str]:
        """Turn what the widget holds into the values of the address; empty for the default."""
        found = super().write(held)
        if self.default and found == [self.default]:
            return []
        return found or ([_NOBODY] if self.default and held is not None else [])


def parameters(offered: Mapping[str, Known]) -> dict[str, Parameter]:
    """Return what of this page is kept in the address; each indicator has its own weight."""
    told = {
        WHAT: Parameter("one", WORDS.__contains__, default="pharmacy"),
        HOW: Parameter("one", (SHARE, MINUTES).__contains__, default=SHARE),
        WITHIN: Parameter("one", {str(n) for n in ZONES_MIN}.__contains__, default="10"),
        LEVEL: Parameter("one", LEVELS.__contains__, default=Level.SECTOR.value),
        CHECKED: Parameter("flag"),
        BY: Several(
            "many", offered.__contains__, default=POPULATION if POPULATION in offered else ""
        ),
        PICK: Parameter("one", is_pick),
    }
    for subject, one in offered.items():
        told[weight_of(subject)] = Whole("one", _is_weight, default=str(WEIGHT))
        told[sense_of(subject)] = Parameter(
            "one", (MORE, LESS).__contains__, default=LESS if one.less_by_default else MORE
        )
    return told


def weight_of(subject: str) -> str:
    """Name the weight of an indicator in the address."""
    return f"weight-{subject}"


def sense_of(subject: str) -> str:
    """Name in the address whether high or low values of an indicator tell of need."""
    return f"sense-{subject}"


def _is_weight(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= WEIGHT_MAX  # noqa: PLR2004


def ask() -> None:
    """Ask of what, how far and which areas."""
    language = current()
    told = {key: found.labels.best(language) for key, found in GROUPS.items()}
    told = {key: _("{group}: all", group=label) for key, label in told.items()}
    told |= {key: found.labels.best(language) for key, found in CATEGORIES.items()}
    st.selectbox(_("Who lacks what?"), list(told), key=WHAT, format_func=told.__getitem__)
    left, right = st.columns(2)
    with left:
        st.segmented_control(
            _("Within how many minutes on foot?"),
            [str(n) for n in ZONES_MIN],
            key=WITHIN,
            required=True,
        )
    with right:
        st.selectbox(
            _("Which areas?"),
            [level.value for level in LEVELS],
            key=LEVEL,
            format_func=name_of_level,
        )


def name_of_level(level: str) -> str:
    """Name the areas of a level."""
    return {
        Level.SECTOR: _("Statistical sectors"),
        Level.NEIGHBOURHOOD: _("Neighbourhoods of a relay"),
        Level.DISTRICT: _("Monitoring districts"),
        Level.MUNICIPALITY: _("Municipalities"),
    }[Level(level)]


def ask_what_counts(offered: Mapping[str, Known]) -> None:
    """Ask what makes a need and what each indicator counts, and what is a lack."""
    with st.expander(_("What counts: need, weights, lack"), expanded=bool(offered)):
        if offered:
            _ask_need(offered)
        else:
            st.caption(
                _(
                    "No indicator is known yet, not even how many people live where: the rank is "
                    "by lack alone. Add population or income under “Figures”."
                )
            )
        st.radio(
            _("What is a lack?"),
            (SHARE, MINUTES),
            key=HOW,
            format_func=lambda how: (
                _("Share of the people who reach none in time")
                if how == SHARE
                else _("Minutes beyond the limit to the nearest one")
            ),
        )
        st.toggle(_("Only what a relay checked in the last year"), key=CHECKED)


def _ask_need(offered: Mapping[str, Known]) -> None:
    language = current()
    st.multiselect(
        _("What makes a need?"),
        list(offered),
        key=BY,
        format_func=lambda subject: offered[subject].label(language),
        placeholder=_("nothing: by lack alone"),
        help=_(
            "Each indicator counts by its place among all areas (percentile rank), so neither "
            "its unit nor one extreme value decides."
        ),
    )
    for subject in st.session_state[BY]:
        _ask_weight(subject, offered[subject].label(language))


def _ask_weight(subject: str, label: str) -> None:
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        st.slider(
            _("Weight of “{name}”", name=label),
            0,
            WEIGHT_MAX,
            step=5,
            key=weight_of(subject),
        )
    with right:
        st.selectbox(
            _("Which values of “{name}” tell of need", name=label),
            (MORE, LESS),
            key=sense_of(subject),
            format_func=lambda sense: _("high = need") if sense == MORE else _("low = need"),
            label_visibility="collapsed",
        )


def asked(offered: Mapping[str, Known]) -> Asked:
    """Return what is asked."""
    held = st.session_state
    return Asked(
        what=str(held[WHAT]),
        how=str(held[HOW]),
        within_min=int(str(held[WITHIN])),
        level=Level(str(held[LEVEL])),
        need=tuple(
            Weighed(
                known=offered[subject],
                weight=int(held[weight_of(subject)]),
                less_is_need=held[sense_of(subject)] == LESS,
            )
            for subject in held[BY]
            if subject in offered
        ),
    )


def offered(found: Measured) -> dict[str, Known]:
    """Return the indicators one may choose, population first."""
    return known(found.atlas, found.people)
