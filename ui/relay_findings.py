"""What planners look at of the relays: who has none, whom each serves, what to look into."""

from typing import Any, Final

import numpy as np
import streamlit as st

from directory.atlas import Atlas
from directory.relay_findings import About, Finding, RelayFindings, Served, relay_findings
from exchange.planning.described import KeyLine
from layers import actors
from layers.layer import Scene
from ui import look
from ui.address import Parameter
from ui.browser import MAP, mount
from ui.coverage.inhabitants import inhabitants
from ui.coverage.packing import pack_classes
from ui.gaps.colours import RELAYS
from ui.language import _, current, ngettext
from ui.mapview import bits
from ui.wording import decimal, number

PLANNING: Final = "planning"
_MAP: Final = "relays_map"
_MORE: Final = 2


def parameters() -> dict[str, Parameter]:
    """Return what of this page is kept in the address."""
    return {PLANNING: Parameter("flag")}


def show(scene: Scene) -> RelayFindings | None:
    """Offer the planner's part; it is worked out, and returned, when somebody asks for it."""
    with st.container(key="relays_planning"):
        st.toggle(_("Show what planners look at"), key=PLANNING)
        if not st.session_state[PLANNING]:
            return None
        people = inhabitants(scene.atlas)
        found = relay_findings(scene.atlas, people.values if people else None)
        look.render("relay_findings.html.j2", **_told(scene.atlas, found))
        _show_map(scene, found)
        return found


def _told(atlas: Atlas, found: RelayFindings) -> dict[str, Any]:
    return {
        "title": _("Sectors, neighbourhoods and partners"),
        "summary": summary(atlas, found),
        "groups": groups(atlas, found),
        "none": _("Nothing to look into."),
        "unserved_title": _("Sectors without a relay"),
        "unserved_columns": [
            _("Municipality"), _("Sectors without a relay"), _("Of how many"), _("People there"),
        ],
        "unserved": [
            (
                atlas.municipality_name(one.municipality, current()),
                number(len(one.sectors)),
                number(one.of),
                people_told(one.people, one.known, len(one.sectors)),
            )
            for one in found.unserved
        ],
        "served_title": _("Whom each relay serves"),
        "served_columns": [
            _("Relay"), _("Sectors"), _("Inhabitants"), _("Its partner"),
        ],
        "served": [
            (
                relay_name(atlas, one.relay_id),
                number(len(one.sectors)),
                people_told(one.people, one.known, len(one.sectors)),
                partner_told(one),
            )
            for one in by_name(atlas, found)
        ],
    }  # fmt: skip


def by_name(atlas: Atlas, found: RelayFindings) -> list[Served]:
    """Return whom each relay serves, by the name of the relay."""
    return sorted(found.served, key=lambda one: relay_name(atlas, one.relay_id).casefold())


def summary(atlas: Atlas, found: RelayFindings) -> list[str]:
    """Say how many sectors have no relay, and how many people live there."""
    without = sum(len(one.sectors) for one in found.unserved)
    lines = [
        _(
            "{n} of the {all} sectors have no relay.",
            n=number(without),
            all=number(len(atlas.territory.codes)),
        )
    ]
    known = sum(one.known for one in found.unserved)
    if not without:
        return lines
    if all(one.people is not None for one in found.unserved):
        total = round(sum(one.people or 0 for one in found.unserved))
        lines.append(ngettext("{n} person lives there.", "{n} people live there.", total))
    elif known:
        lines.append(
            _(
                "How many people live there is known of {known} of these sectors only.",
                known=number(known),
            )
        )
    else:
        lines.append(_("How many people live there is not known yet."))
    return lines


def people_told(people: float | None, known: int, of: int) -> str:
    """Write a number of people, or of how many sectors it is known."""
    if people is not None:
        return decimal(people, 0)
    if not known:
        return _("unknown")
    return _("unknown (known of {known} of {of} sectors)", known=known, of=of)


def partner_told(one: Served) -> str:
    """Write how far the partner of a relay is from its neighbourhood."""
    if one.outside_m is None:
        return _("place not known")
    if one.outside_m == 0:
        return _("in the neighbourhood")
    return _("{metres} m outside", metres=decimal(max(1.0, one.outside_m), 0))


def groups(atlas: Atlas, found: RelayFindings) -> list[dict[str, Any]]:
    """Group the findings by what they are about, each as a sentence under a name."""
    titles = {
        About.RULE: _("Neighbourhoods that break a rule"),
        About.NO_RELAY: _("Neighbourhoods without a relay"),
        About.TWO_RELAYS: _("Neighbourhoods on more than one relay"),
        About.SHARED_SECTORS: _("Sectors on more than one relay"),
        About.NO_NEIGHBOURHOOD: _("Relays without a neighbourhood"),
        About.PARTNER_OUTSIDE: _("Partners outside their neighbourhood"),
        About.PARTNER_UNKNOWN: _("Partners of whom no exact place is known"),
    }
    told = []
    for about, title in titles.items():
        mine = [one for one in found.findings if one.about is about]
        if mine:
            alone = about in (About.NO_RELAY, About.PARTNER_UNKNOWN, About.NO_NEIGHBOURHOOD)
            told.append(
                {
                    "title": title,
                    "count": number(len(mine)),
                    "names": ", ".join(whose(atlas, one) for one in mine) if alone else "",
                    "lines": [] if alone else [
                        {"name": whose(atlas, one), "text": say(atlas, one)} for one in mine
                    ],
                }
            )  # fmt: skip
    return told


def say(atlas: Atlas, finding: Finding) -> str:
    """Say a finding in the reader's language, records by their names."""
    params = dict(finding.params)
    if isinstance(relays := params.get("relays"), tuple):
        params["relays"] = ", ".join(relay_name(atlas, str(key)) for key in relays)
    if partner := params.get("partner"):
        found = atlas.directory.partners.get(str(partner))
        params["partner"] = found.names.best(current()) if found else str(partner)
    return _(finding.message, **params)


def relay_name(atlas: Atlas, key: str) -> str:
    """Name a relay."""
    return atlas.relays[key].names.best(current())


def whose(atlas: Atlas, one: Finding) -> str:
    """Name the relay a finding is about, else the neighbourhood."""
    if one.relay_id:
        return relay_name(atlas, one.relay_id)
    return atlas.neighbourhood_name(one.neighbourhood_id, current())


def classes(atlas: Atlas, found: RelayFindings) -> list[int]:
    """Return of each sector whether no relay serves it, one, or more."""
    held = found.relays_of_sector
    return [min(len(held.get(str(code), ())), _MORE) for code in atlas.territory.codes]


def key_lines(told: list[int]) -> list[KeyLine]:
    """Name the classes of the map."""
    names = (_("no relay"), _("one relay"), _("more than one relay"))
    return [
        KeyLine(label=label, colour=RELAYS[at], areas=told.count(at))
        for at, label in enumerate(names)
    ]


def _show_map(scene: Scene, found: RelayFindings) -> None:
    told = classes(scene.atlas, found)
    rows = [
        {"label": line.label, "shade": f"relays-{at}", "count": number(line.areas or 0)}
        for at, line in enumerate(key_lines(told))
        if line.areas
    ]
    look.render("gaps_key.html.j2", title=_("Relays of each sector"), rows=rows)
    spec: dict[str, Any] = {
        "on": ["tiles", "basemap", "municipalities", "sectors", "neighbourhoods", "relays"],
        "bounds": scene.atlas.territory.corners,
        "shown": {"actors": bits(np.zeros(len(actors.order(scene)), dtype=bool))},
        "shades": {
            "layer": "sectors",
            "colours": list(RELAYS),
            "labels": [line.label for line in key_lines(told)],
            "classes": pack_classes(np.array(told, dtype=np.uint8)),
        },
    }
    mount(MAP, scene, _MAP, spec)
