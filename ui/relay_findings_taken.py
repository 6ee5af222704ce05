"""What of the findings about relays is taken along: the map and three tables."""

from directory.atlas import Atlas
from directory.relay_findings import RelayFindings
from exchange.planning.described import Column, Credit, Described, ShadedMap, Table
from geo.levels import Level
from layers.layer import Scene
from ui.coverage.inhabitants import inhabitants
from ui.language import _, current
from ui.relay_findings import by_name, classes, key_lines, relay_name, say, summary, whose


def describe(scene: Scene, found: RelayFindings) -> Described:
    """Describe it, to be taken along."""
    atlas = scene.atlas
    told = classes(atlas, found)
    people = inhabitants(atlas)
    credits_: list[Credit] = [
        Credit(name=source, licence=licence, gave=_("relays and partners"))
        for source, licence in sorted(
            {(one.source.name, one.source.licence) for one in atlas.relays.values()}
        )
    ]
    if people:
        source = people.indicator.source
        credits_.append(
            Credit(
                name=source.name,
                licence=source.licence,
                date=str(people.indicator.year),
                gave=people.indicator.names.best(scene.language),
            )
        )
    return Described(
        name="plein-relays",
        title=_("Relays: what planners look at"),
        language=scene.language,
        made_on=scene.at.date(),
        territory=atlas.territory,
        facts=((_("Directory of"), atlas.day.isoformat()),),
        summary=tuple(summary(atlas, found)),
        parts=(
            ShadedMap(
                id="relays",
                title=_("Relays of each sector"),
                level=Level.SECTOR,
                ids=tuple(str(code) for code in atlas.territory.codes),
                classes=tuple(told),
                key=tuple(key_lines(told)),
            ),
            _unserved_table(atlas, found),
            _served_table(atlas, found),
            _findings_table(atlas, found),
        ),
        method=(
            _("A sector has a relay if it is in the neighbourhood of a published relay."),
            _("Inhabitants are not known if they are not known of one sector."),
        ),
        credits=tuple(credits_),
        neighbourhoods={key: tuple(one.sectors) for key, one in atlas.neighbourhoods.items()},
    )


def _unserved_table(atlas: Atlas, found: RelayFindings) -> Table:
    return Table(
        id="without",
        title=_("Sectors without a relay"),
        columns=(
            Column(id="code", title=_("Code")),
            Column(id="municipality", title=_("Municipality")),
            Column(id="without", title=_("Sectors without a relay"), kind="whole"),
            Column(id="sectors", title=_("Sectors"), kind="whole"),
            Column(id="people", title=_("People there"), kind="whole"),
            Column(id="known", title=_("Sectors whose people are known"), kind="whole"),
        ),
        rows=tuple(
            (
                one.municipality,
                atlas.municipality_name(one.municipality, current()),
                len(one.sectors),
                one.of,
                one.people,
                one.known,
            )
            for one in found.unserved
        ),
        level=Level.MUNICIPALITY,
    )


def _served_table(atlas: Atlas, found: RelayFindings) -> Table:
    return Table(
        id="served",
        title=_("Whom each relay serves"),
        columns=(
            Column(id="relay", title=_("Relay")),
            Column(id="sectors", title=_("Sectors"), kind="whole"),
            Column(id="people", title=_("Inhabitants"), kind="whole"),
            Column(id="known", title=_("Sectors whose people are known"), kind="whole"),
            Column(id="outside_m", title=_("Metres from its partner to the neighbourhood"),
                   kind="whole"),
        ),
        rows=tuple(
            (
                relay_name(atlas, one.relay_id),
                len(one.sectors),
                one.people,
                one.known,
                None if one.outside_m is None else round(one.outside_m),
            )
            for one in by_name(atlas, found)
        ),
    )  # fmt: skip


def _findings_table(atlas: Atlas, found: RelayFindings) -> Table:
    return Table(
        id="findings",
        title=_("To look into"),
        columns=(
            Column(id="whose", title=_("Relay or neighbourhood")),
            Column(id="finding", title=_("Finding")),
        ),
        rows=tuple((whose(atlas, one), say(atlas, one)) for one in found.findings),
    )
