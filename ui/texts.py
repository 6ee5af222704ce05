"""The words the map and the list need in the browser, in the reader's language."""

from gettext import NullTranslations


def map_texts(catalog: NullTranslations) -> dict[str, str]:
    """Translate the words of the map and the list; braces are filled in the browser."""
    _ = catalog.gettext
    return {
        "map_label": _("Map of the neighbourhoods, places and activities"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "locate": _("Show where I am (stays on this device)"),
        "locate_failed": _("This device did not tell where it is."),
        "legend": _("Legend"),
        "layers": _("Layers"),
        "cluster": _("{n} places here: zoom in"),
        "unnamed": _("Without a name"),
        "open": _("Open now"),
        "closed": _("Closed now"),
        "unknown_hours": _("Hours unknown"),
        "list_label": _("Results"),
        "list_more": _("Show more"),
        "results_none": _("Nothing matches. Take away a filter or try another word."),
        "loading": _("Loading…"),
        "load_failed": _("This part of the map could not be loaded."),
        "retry": _("Try again"),
        "no_spot": _("No known address: not on the map"),
        "area_only": _("Only the neighbourhood is known"),
        "close": _("Close"),
        "full_map": _("Whole map"),
    }
