"""The summary of a workshop: what came, who took part, what is open."""

import streamlit as st

from directory.authors import Author
from directory.categories import CATEGORIES
from directory.people import Deed
from directory.workshops import Workshop, summed
from directory.workshops.summary import Outcome, Summary, outcome
from exchange.workshop_csv import workshop_csv
from ui import access, look, state, wording
from ui.language import _, current, ngettext
from ui.queue import words as told
from ui.workshop.coming import in_order
from ui.workshop.desk import workshops
from ui.workshop.doors import attempt, show_refused
from ui.workshop.words import outcomes

_SHOWN = (Outcome.ACCEPTED, Outcome.MERGED, Outcome.REFUSED, Outcome.OPEN, Outcome.ASKED)


def show(workshop: Workshop, author: Author) -> None:
    """Show the summary and offer it as a file; the edition of the local map comes next."""
    del author
    show_refused()
    found = summed(workshops().came(workshop.id), workshop.tables)
    look.render("workshop_summary.html.j2", **_told(workshop, found))
    with st.container(horizontal=True):
        st.download_button(
            _("Download as CSV"),
            data=lambda: _csv(workshop),
            file_name=f"plein-workshop-{workshop.day:%Y-%m-%d}.csv",
            mime="text/csv",
            on_click="ignore",
            key="workshop_csv",
        )
        if found.names:
            st.button(
                _("Forget the names"),
                key="workshop_forget",
                help=_("Takes the nicknames out for good; what was proposed stays."),
                on_click=_forget,
                args=(workshop,),
            )
    if access.may_somewhere(Deed.PUBLISH_LOCAL_MAP):
        query = f"?map={workshop.map_id}" if workshop.map_id else ""
        look.render(
            "workshop_edition.html.j2",
            href=f"./local-maps{query}",
            text=_("Make the edition of the local map"),
        )


def _forget(workshop: Workshop) -> None:
    attempt(lambda: workshops().forget_names(workshop, by=access.acting()))


def _told(workshop: Workshop, found: Summary) -> dict[str, object]:
    names, language = outcomes(), current()
    shown = [one for one in _SHOWN if found.outcomes.get(one)]
    categories = sorted(found.by_category.items(), key=lambda item: (-item[1], item[0]))
    return {
        "lang": language,
        "title": workshop.title,
        "came": ngettext("{n} proposal came", "{n} proposals came", found.came),
        "outcomes": [(names[one], wording.number(found.outcomes[one])) for one in shown],
        "tables_title": _("By table"),
        "table": _("Table"),
        "columns": [names[one] for one in shown],
        "tables": [
            (name, [wording.number(counts.get(one, 0)) for one in shown])
            for name, counts in found.by_table.items()
        ],
        "categories_title": _("By category"),
        "categories": [
            (CATEGORIES[key].labels.best(language) if key in CATEGORIES else key, wording.number(n))
            for key, n in categories
        ],
        "people_title": _("Who took part"),
        "people": ", ".join(found.names) or _("Nobody gave a name."),
        "unnamed": ngettext("{n} phone without a name", "{n} phones without a name", found.unnamed)
        if found.unnamed
        else "",
        "open_title": _("Still open"),
        "open": [
            (told.name(one.proposal) or _("Without a name"), _("table {table}", table=one.table))
            for one in found.still_open
        ],
        "none_open": _("Nothing is open."),
    }


def _csv(workshop: Workshop) -> bytes:
    language, atlas = current(), state.atlas()
    header = [
        *(_("Table"), _("Name"), _("Category"), _("Kind"), _("Outcome"), _("Reason")),
        *(_("Said by"), _("Neighbourhood")),
    ]
    rows = []
    for one in in_order(workshop):
        proposal = one.proposal
        keys = proposal.facts.get("categories") or ()
        known = [CATEGORIES[key].labels.best(language) for key in keys if key in CATEGORIES]
        areas = [atlas.neighbourhood_name(key, language) for key in proposal.neighbourhoods]
        rows.append(
            [
                *(one.table, told.name(proposal), ", ".join(known), told.kind(proposal.kind)),
                *(outcomes()[outcome(one)], proposal.reason, one.nickname, ", ".join(areas)),
            ]
        )
    return workshop_csv(header, rows)
