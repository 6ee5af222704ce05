"""The relays and their neighbourhoods: who hosts whom, and which rules a set breaks."""

import pandas as pd
import streamlit as st

from geo.neighbourhoods import broken_rules
from layers.layer import Scene
from ui import state
from ui.language import _, current, say


def table(scene: Scene) -> pd.DataFrame:
    """List the relays with their host, municipality and number of sectors."""
    atlas, language = scene.atlas, scene.language
    rows = []
    for relay in atlas.relays.values():
        partner = atlas.partners.get(relay.partner_id)
        found = atlas.neighbourhoods.get(relay.neighbourhood_id)
        rows.append(
            {
                _("Relay"): relay.names.best(language),
                _("Hosted by"): partner.names.best(language) if partner else None,
                _("Municipality of the host"): atlas.municipality_name(partner.municipality, language)
                if partner
                else None,
                _("Sectors"): len(found.sectors) if found else None,
            }
        )
    return pd.DataFrame(rows)


scene = state.scene(current())
st.header(_("The relays and their neighbourhoods"))
st.write(
    _(
        "A neighbourhood action relay goes out to meet people who do not use their rights, "
        "and knows who can help. Each covers four to eleven statistical sectors."
    )
)
st.dataframe(table(scene), hide_index=True)
