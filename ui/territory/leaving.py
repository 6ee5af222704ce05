"""What a planner takes along of the territory: the sets, their people, what they break, the map."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import streamlit as st

from exchange.planning.described import (
    Column,
    Credit,
    Described,
    KeyLine,
    ShadedMap,
    Table,
)
from geo.adjacency import pieces
from geo.levels import Level
from geo.neighbourhood_edits import Draft
from layers.layer import Scene
from ui import leaving, wording
from ui.language import _, current, ngettext
from ui.territory import dates, proposals, words
from ui.territory.colours import COLOURS
from ui.territory.desk import Desk
from ui.territory.people import People, people

_NONE: Final = "#f4f1ea"
_CHANGED: Final = "#b8390e"


def offer(scene: Scene, desk: Desk) -> None:
    """Offer what the view shows: the draft, two dates, or a proposal."""
    view = st.session_state.get("view") or "edit"
    leaving.offer(f"territory_{view}", lambda: described(scene, desk, view))


def described(scene: Scene, desk: Desk, view: str) -> Described:
    """Describe what the view shows."""
    draft, facts, day = desk.now, [(_("Holds from"), wording.day(desk.day))], desk.day
    proposal = proposals.shown_proposal() if view == "propose" else None
    counted = people()
    parts: list[Table | ShadedMap] = []
    if view == "dates":
        (first, day), (before, draft) = dates.days(desk), dates.drafts(desk)
        facts = [(_("First date"), wording.day(first)), (_("Second date"), wording.day(day))]
        parts += [_moved(before, draft), _changed_map(before, draft)]
    elif proposal is not None:
        draft = proposals.laid(desk, proposal)
        facts = [(_("Seed"), str(proposal.seed)), *proposals.figures(proposal.figures)]
    elif desk.changed:
        facts.append((_("Not saved yet"), _("This is a draft.")))
        parts.append(_moved(desk.base, draft))
    tables = [_areas(desk, draft, day, counted), _sectors(desk, draft, counted)]
    return Described(
        name="plein-territory",
        title=_("Neighbourhoods of the relays"),
        language=current(),
        made_on=scene.at.date(),
        territory=desk.territory,
        facts=tuple(facts),
        parts=(_map(desk, draft, day), *tables, *parts),
        method=(
            _("A neighbourhood has 4 to 11 sectors, in one piece, none of them in another."),
            _("These rules are advice: a neighbourhood may break one with a reason."),
        ),
        credits=tuple(_credits(desk, counted)),
        neighbourhoods={key: tuple(sorted(one.sectors)) for key, one in draft.areas.items()},
    )


def _areas(desk: Desk, draft: Draft, day: date, counted: People | None) -> Table:
    neighbours = desk.territory.neighbours
    rows = []
    for key, area in draft.areas.items():
        stored = desk.stored.get(key)
        known, unknown = counted.of(area.sectors) if counted else (0.0, 1)
        found = words.broken(desk, draft, [key], day=day).get(key, [])
        rows.append(
            (
                key,
                words.named(key, draft),
                len(area.sectors),
                len(pieces(area.sectors & neighbours.keys(), neighbours)),
                None if unknown else round(known),
                " ".join(words.said(breach, draft) for breach in found),
                stored.on(day).reason if stored else "",
                _("yes") if area.lived else _("no"),
            )
        )
    return Table(
        id="neighbourhoods",
        title=_("Neighbourhoods"),
        columns=(
            Column(id="id", title=_("Id")),
            Column(id="name", title=_("Name")),
            Column(id="sectors", title=_("Sectors"), kind="whole"),
            Column(id="pieces", title=_("Pieces"), kind="whole"),
            Column(id="people", title=_("Inhabitants"), kind="whole"),
            Column(id="advice", title=_("Rules it breaks")),
            Column(id="reason", title=_("Why it is so")),
            Column(id="lived", title=_("Lived boundary")),
        ),
        rows=tuple(rows),
        level=Level.NEIGHBOURHOOD,
    )


def _sectors(desk: Desk, draft: Draft, counted: People | None) -> Table:
    homes = draft.homes()
    rows = tuple(
        (
            code,
            words.sector(code),
            ", ".join(words.named(key, draft) for key in homes[code]),
            counted.found.values.get(code) if counted else None,
        )
        for code in sorted(homes)
    )
    others = len(desk.territory.codes) - len(homes.keys() & draft.ground)
    return Table(
        id="sectors",
        title=_("Sectors"),
        columns=(
            Column(id="code", title=_("Code")),
            Column(id="name", title=_("Name")),
            Column(id="neighbourhood", title=_("Neighbourhood")),
            Column(id="people", title=_("Inhabitants"), kind="whole"),
        ),
        rows=rows,
        level=Level.SECTOR,
        notes=(
            ngettext(
                "{n} sector is in no neighbourhood and not listed.",
                "{n} sectors are in no neighbourhood and not listed.",
                others,
            ),
        ),
    )


def _moved(before: Draft, after: Draft) -> Table:
    rows = tuple(
        (row[_("Code")], row[_("Sector")], row[_("Before")], row[_("After")])
        for row in words.moved(before, after)
    )
    names = (
        ("code", _("Code")),
        ("sector", _("Sector")),
        ("before", _("Before")),
        ("after", _("After")),
    )
    return Table(
        id="moved",
        title=_("Sectors that change hands"),
        columns=tuple(Column(id=key, title=title) for key, title in names),
        rows=rows,
        level=Level.SECTOR,
    )


def _map(desk: Desk, draft: Draft, day: date) -> ShadedMap:
    """Colour the neighbourhoods as on the screen; each is outlined and named."""
    found, homes = desk.colours(draft), draft.homes()
    codes = tuple(str(code) for code in desk.territory.codes)
    used = sorted(set(found.values()))
    place = {colour: n for n, colour in enumerate(used, start=1)}
    key = [KeyLine(label=_("In no neighbourhood"), colour=_NONE)]
    for colour in used:
        names = [words.named(one, draft) for one, mine in found.items() if mine == colour]
        key.append(KeyLine(label=words.listed(names), colour=COLOURS[colour]))
    return ShadedMap(
        id="map",
        title=_("Neighbourhoods from {day} on", day=wording.day(day)),
        level=Level.SECTOR,
        ids=codes,
        classes=tuple(place[found[homes[code][0]]] if code in homes else 0 for code in codes),
        key=tuple(key),
        outlines=tuple(
            (words.named(one, draft), tuple(sorted(area.sectors)))
            for one, area in draft.areas.items()
        ),
        notes=(_("Colours only tell neighbours apart."),),
    )


def _changed_map(before: Draft, after: Draft) -> ShadedMap:
    codes = tuple(sorted(after.ground))
    changed = {code for code, _then, _now in before.handed_over(after)}
    return ShadedMap(
        id="changed",
        title=_("Sectors that change hands"),
        level=Level.SECTOR,
        ids=codes,
        classes=tuple(int(code in changed) for code in codes),
        key=(
            KeyLine(label=_("As before"), colour=_NONE, areas=len(codes) - len(changed)),
            KeyLine(label=_("Changes hands"), colour=_CHANGED, areas=len(changed)),
        ),
    )


def _credits(desk: Desk, counted: People | None) -> Iterable[Credit]:
    ground = desk.territory
    yield Credit(
        name=ground.source, licence=ground.licence, date=ground.situation, gave=_("Sectors")
    )
    if counted is not None:
        source = counted.indicator.source
        yield Credit(
            name=source.name,
            licence=source.licence,
            date=str(counted.indicator.year),
            gave=_("Inhabitants"),
        )
