"""The sources and licences of what is on the map, one line each."""

from collections import Counter

from directory.actors import Status
from layers.layer import Scene
from ui import wording
from ui.language import _, ngettext


def source_lines(scene: Scene) -> list[str]:
    """Name every source that is drawn or listed, with its licence."""
    territory = scene.atlas.territory
    lines = [
        _(
            "Outlines of the sectors: {source}, {situation}, {licence}.",
            source=territory.source,
            situation=territory.situation,
            licence=territory.licence,
        )
    ]
    if territory.schematic:
        lines[0] += " " + _(
            "They are schematic: computed from the register, right for about seven eighths of the "
            "land, until an administrator fetches the official ones."
        )
    if scene.basemap:
        lines.append(_("Streets, parks and water: © OpenStreetMap contributors, ODbL."))
    counted = Counter(
        (actor.source.name, actor.source.licence) for actor in scene.atlas.actors.values()
    )
    for (name, licence), n in counted.most_common():
        told = ngettext(
            "{n} place: {source}", "{n} places: {source}", n, source=wording.source(name)
        )
        lines.append(f"{told}, {licence}." if licence else f"{told}.")
    figures = (
        (one.source.name, one.source.licence)
        for one in scene.atlas.directory.indicators.values()
        if one.status is Status.PUBLISHED
    )
    for (name, licence), n in Counter(figures).most_common():
        told = ngettext("{n} figure: {source}", "{n} figures: {source}", n, source=name)
        lines.append(f"{told}, {licence}." if licence else f"{told}.")
    reports = sorted({relay.source.name for relay in scene.atlas.relays.values()})
    told = _("Relays, partners and their activities: {source}.", source=", ".join(reports))
    return [*lines, told] if reports else lines
