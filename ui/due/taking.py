"""The list to call, to take along: who is to be checked, their numbers, room for the answer."""

from collections.abc import Sequence

from directory.contacts import ContactKind
from directory.due_list import Due
from directory.freshness import PERIODS, State
from exchange.planning.described import Column, Credit, Described, Table
from layers.layer import Scene
from ui import wording
from ui.due.listing import category, whereabouts
from ui.language import _


def describe(scene: Scene, shown: Sequence[Due]) -> Described:
    """Describe the records shown, in their order."""
    atlas = scene.atlas
    actors = [atlas.actors[one.id] for one in shown]
    sources = sorted({(one.source.name, one.source.licence) for one in actors})
    return Described(
        name="plein-due",
        title=_("To be checked"),
        language=scene.language,
        made_on=scene.at.date(),
        territory=atlas.territory,
        facts=((_("Directory of"), atlas.day.isoformat()),),
        summary=(_("Ask whether each is still right, and write the answer in the last column."),),
        parts=(_table(scene, shown),),
        method=(
            _(
                "A record is to be checked after the period of its categories, the shortest of "
                "several; after {n} periods it leaves public search. Most urgent first: by how "
                "many of its periods it is late.",
                n=PERIODS.stale_after,
            ),
        ),
        credits=tuple(Credit(name=name, licence=licence) for name, licence in sources),
    )


def _table(scene: Scene, shown: Sequence[Due]) -> Table:
    states = {
        State.FRESH: "",
        State.DUE: _("due"),
        State.STALE: _("out of public search"),
        State.NEVER: _("never checked"),
    }
    rows = []
    for one in shown:
        actor = scene.atlas.actors[one.id]
        reached: dict[ContactKind, list[str]] = {kind: [] for kind in ContactKind}
        for contact in actor.contacts:  # the public's alone: a file goes from hand to hand
            reached[contact.kind].append(contact.value)
        where = scene.atlas.whereabouts[one.id]
        rows.append(
            (
                one.id,
                actor.names.best(scene.language),
                category(scene, actor),
                whereabouts(scene, actor),
                scene.atlas.neighbourhood_name(where.neighbourhood, scene.language),
                "; ".join(reached[ContactKind.PHONE]),
                "; ".join(reached[ContactKind.EMAIL]),
                wording.day(actor.verified_on) if actor.verified_on else _("never"),
                states[one.freshness.state],
                one.overdue_days,
                "",
            )
        )
    columns = (
        Column(id="plein_id", title="plein_id", on_paper=False),
        Column(id="name", title=_("Name")),
        Column(id="category", title=_("Category")),
        Column(id="address", title=_("Address")),
        Column(id="neighbourhood", title=_("Neighbourhood"), on_paper=False),
        Column(id="phone", title=_("Phone")),
        Column(id="email", title=_("E-mail"), on_paper=False),
        Column(id="checked", title=_("Checked on")),
        Column(id="state", title=_("State")),
        Column(id="late", title=_("Days late"), kind="whole", on_paper=False),
        Column(id="answer", title=_("Still right?")),
    )
    return Table(id="due", title=_("To be checked"), columns=columns, rows=tuple(rows))
