"""What Plein is, where its data come from, and what it does not do."""

from ui import look, state
from ui.language import _, current
from ui.sources import source_lines

scene = state.scene(current())
look.render(
    "about.html.j2",
    title=_("About this map"),
    paragraphs=[
        _(
            "Plein is the living map of a neighbourhood. Relays go out to meet people, get to "
            "know who can help, and keep that directory together with the people in it."
        ),
        _(
            "What nobody knows stays empty and is shown as unknown. If something is wrong or "
            "missing, tell the relay of that neighbourhood."
        ),
    ],
    privacy_title=_("Your privacy"),
    privacy=[
        _("No page asks anything of another site, unless an administrator names a tile server."),
        _("Your position stays on your device: it is never sent or kept."),
        _("There is no name of anybody who was helped anywhere in this directory."),
    ],
    sources_title=_("Where the data come from"),
    sources=source_lines(scene),
)
