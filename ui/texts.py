"""The words the map and the list need in the browser, in the reader's language."""

from gettext import NullTranslations
from typing import Final

from geo.coverage import State
from geo.errors import N_

REASONS: Final = {
    State.NO_POPULATION: N_("Nobody lives here, or nobody knows how many"),
    State.NO_NETWORK: N_(
        "Unknown: no streets to walk are known here, or a place near is off every known street"
    ),
    State.UNVERIFIED_ONLY: N_("Unknown: nothing here was checked"),
    State.QUARTER_ONLY: N_("Unknown: a place is known only by its part of town"),
}
"""Why nothing is known of an area, by the state that says so."""


def map_texts(catalog: NullTranslations) -> dict[str, str]:
    """Translate the words of the map and the list; braces are filled in the browser."""
    _ = catalog.gettext
    return {
        "map_label": _("Map of the neighbourhoods, places and activities"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "locate": _("Show where I am (stays on this device)"),
        "locate_denied": _("This device did not tell where it is."),
        "legend": _("Legend"),
        "layers": _("Layers"),
        "cluster": _("{n} places here: zoom in"),
        "unnamed": _("Without a name"),
        "open": _("Open now"),
        "closed": _("Closed now"),
        "unknown_hours": _("Hours unknown"),
        "list_label": _("Results"),
        "pin": _("Pin: drag it, or move it with the arrow keys and press Enter"),
        "to_map": _("To the map"),
        "list_more": _("Show more ({n})"),
        "results_none": _("Nothing matches. Take away a filter or try another word."),
        "loading": _("Loading…"),
        "load_failed": _("This could not be loaded: {layer}."),
        "retry": _("Try again"),
        "close": _("Close"),
        "missing": _("Something is missing here"),
        **_moves(catalog),
        **_edit(catalog),
        **_areas(catalog),
    }


def _areas(catalog: NullTranslations) -> dict[str, str]:
    """Translate what stands around a shaded map: the table, the charts, why nothing is known."""
    _ = catalog.gettext
    return {
        "areas_people": _("People"),
        "areas_change": _("Difference"),
        "areas_come": _("a way now"),
        "areas_gone": _("no way now"),
        "areas_beyond": _("no way there"),
        "areas_minutes": _("{n} min"),
        "areas_rows": _("{n} areas: press a heading to sort, an area to see it on the map"),
        "areas_areas": _("{n} areas"),
        "areas_spread": _("How many areas have how much"),
        "areas_spread_told": _("{n} areas, from {low} to {high}; most of them, {most}, at {at}"),
        "areas_towns_people": _("People by municipality, by class"),
        "areas_towns_areas": _("Areas by municipality, by class"),
        "areas_charts": _("Charts"),
        "areas_nothing": _("Nothing is known to draw."),
        "areas_failed": _("The names of the areas could not be loaded. Load the page again."),
        "areas_unknown": _("unknown"),
        **{f"areas_why_{state}": _(told) for state, told in REASONS.items()},
    }


def _moves(catalog: NullTranslations) -> dict[str, str]:
    """Translate what a map says on which services are put, moved and closed."""
    _ = catalog.gettext
    return {
        "moves_put": _("Put a new one"),
        "moves_cancel": _("Do not put one"),
        "moves_where": _("Press on the map where the new one would stand."),
        "moves_hold": _("Move it: drag it, or use the arrow keys (Shift: further) and Enter."),
        "moves_new": _("New here"),
        "moves_move": _("Move it"),
        "moves_close": _("Close it"),
        "moves_reopen": _("Open it again"),
        "moves_back": _("Back to where it stands"),
        "moves_remove": _("Take it away again"),
        "moves_is_put": _("would be new"),
        "moves_is_move": _("would stand here"),
        "moves_is_close": _("would close"),
    }


def _edit(catalog: NullTranslations) -> dict[str, str]:
    """Translate what a map and a list say on which neighbourhoods are edited."""
    _ = catalog.gettext
    return {
        "edit_tools": _("What a press on the map does"),
        "edit_sector": _("Put in, take out"),
        "edit_lasso": _("Draw round several"),
        "edit_lived": _("Lived boundary"),
        "edit_choose": _("Choose"),
        "edit_put": _("Put in: {n}"),
        "edit_out": _("Take out: {n}"),
        "edit_cancel": _("Leave them"),
        "edit_point": _("Point in the middle of the map"),
        "edit_back": _("Undo the last point"),
        "edit_close": _("Close the boundary"),
        "edit_anew": _("Draw it anew"),
        "edit_remove": _("Remove the boundary"),
        "edit_none": _("In no neighbourhood"),
        "edit_now": _("{sector}: {area}"),
        "edit_search": _("Search for a sector"),
        "edit_inside": _("In it: {n}"),
        "edit_beside": _("Beside it"),
        "edit_elsewhere": _("Elsewhere"),
        "edit_apart": _("apart from the rest"),
    }
