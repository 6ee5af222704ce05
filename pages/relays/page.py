"""The relays and their neighbourhoods: who hosts whom, and which rules a set breaks."""

from functools import partial

from ui import address, leaving, look, relay_findings, relay_findings_taken, relays, state
from ui.language import _, current

scene = state.scene(current())
parameters = relay_findings.parameters()
address.read(parameters)
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
found = relay_findings.show(scene)
if found is not None:
    leaving.offer("relays", partial(relay_findings_taken.describe, scene, found))
address.write(parameters)
