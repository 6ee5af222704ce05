"""Still right?: what an actor sees of its own record through a link, without an account."""

from ui import confirming, look, state
from ui.language import _, current

look.render(
    "intro.html.j2",
    title=_("Is this still right?"),
    text=_("This is what people find about you on the map of the neighbourhood."),
    near="",
)
confirming.show(state.scene(current()))
