"""The relays as a table, and the rules their neighbourhoods break, told as advice."""

import pandas as pd
import streamlit as st

from geo.neighbourhoods import broken_rules
from layers.layer import Scene
from ui import wording
from ui.language import _, catalog


def table(scene: Scene) -> pd.DataFrame:
    """List the relays with their host, municipality and number of sectors; None is unknown."""
    atlas, language = scene.atlas, scene.language
    columns = (_("Relay"), _("Hosted by"), _("Municipality of the host"), _("Sectors"))
    rows = []
    for relay in atlas.relays.values():
        partner = atlas.partners.get(relay.partner_id)
        found = atlas.neighbourhoods.get(relay.neighbourhood_id)
        town = atlas.municipality_name(partner.municipality, language) if partner else ""
        rows.append(
            (
                relay.names.best(language),
                partner.names.best(language) if partner else None,
                town or None,
                len(found.sectors) if found else None,
            )
        )
    return pd.DataFrame(rows, columns=columns).sort_values(columns[0], ignore_index=True)


def show_breaches(scene: Scene) -> None:
    """Tell which neighbourhoods break a rule, and why."""
    atlas = scene.atlas
    found = broken_rules(
        atlas.neighbourhoods.values(), neighbours=atlas.territory.neighbours, day=atlas.day
    )
    if not found:
        st.success(_("Every neighbourhood keeps the rules."))
        return
    st.subheader(_("To look at"))
    told = catalog(scene.language).gettext
    for breach in found:
        name = atlas.neighbourhood_name(breach.neighbourhood_id, scene.language)
        st.warning(
            f"**{wording.plain(name)}** \N{EN DASH} {told(breach.message).format(**breach.params)}"
        )
