"""The relays and their neighbourhoods: who hosts whom, and which rules a set breaks."""

from ui import look, relays, state
from ui.language import _, current

scene = state.scene(current())
look.render(
    "relays.html.j2",
    title=_("The relays and their neighbourhoods"),
    text=_(
        "A neighbourhood action relay goes out to meet people who do not use their rights, and "
        "knows who can help. Each covers a neighbourhood of four to eleven statistical sectors."
    ),
    columns=[_("Relay"), _("Hosted by"), _("Municipality of the host"), _("Sectors")],
    unknown=_("unknown"),
    lines=relays.lines(scene),
)
