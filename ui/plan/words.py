"""The fixed words of a local map on the web, in the language one speaks."""

from datetime import date

from ui import wording
from ui.language import _, ngettext


def words() -> dict[str, str]:
    """Say the words of the page; braces are filled in the browser."""
    return {
        "search": _("Search on this map"),
        "groups": _("What to show"),
        "category": _("Kind of place"),
        "all": _("Everything"),
        "open_now": _("Open now"),
        "reset": _("Show everything"),
        "found": _("{n} of {all} shown"),
        "none": _("Nothing matches. Take away a filter or try another word."),
        "map": _("Map: {title}"),
        "map_help": _("Arrow keys go from number to number, Enter opens, Escape closes."),
        "on_map": _("Show {n} on the map"),
        "to_list": _("Show in the list"),
        "close": _("Close"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "whole": _("Show the whole map"),
        "print": _("Print"),
        "take": _("Take it along as a file"),
        "poster": _("The map to print"),
        "editions": _("Editions"),
        "languages": _("Language"),
        "relay": _("Your relay"),
        "no_relay": _("No relay covers this part of town yet."),
        "made_by": _("Made by"),
        "sources": _("Sources"),
        "all_map": _("The map of the whole region"),
        "live": _("This map, kept up to date"),
        "wrong": _("Something is missing here"),
        "skip": _("To the list"),
        "nobody": _("Nobody is on this map yet."),
        "nowhere": _("The neighbourhood of this map is no longer drawn: there is only the list."),
        "own_window": _("Open the map in its own window"),
    }


def counted(places: int) -> str:
    """Say how many places there are."""
    return ngettext("{n} place", "{n} places", places)


def said_of(day: date, *, edition: bool) -> str:
    """Say of which day the map is: as it stands that day, or as an edition keeps it."""
    told = wording.day(day)
    return _("Edition of {date}", date=told) if edition else _("As of {day}", day=told)
