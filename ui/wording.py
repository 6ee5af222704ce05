"""Facts of the directory, told in words in the reader's language."""

import re
from datetime import date, datetime

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from directory.activities import ActivityType
from directory.actors import Actor, ActorKind, Appointment, Cost, Wheelchair
from directory.places import Address
from directory.proposals.deciding import A_VISITOR
from ui.language import _, current

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>:$~&^=])")


def day(value: date) -> str:
    """Tell a day: "23 November 2026"."""
    return format_date(value, "long", locale=_locale())


def weekday(value: date) -> str:
    """Tell a day with its name: "Monday 23 November 2026"."""
    return format_date(value, "full", locale=_locale())


def moment(start: datetime, end: datetime | None) -> str:
    """Tell when something starts and ends."""
    locale = _locale()
    told = _day_and_time(start, locale)
    if end is None:
        return told
    same_day = end.date() == start.date()
    last = format_time(end, "short", locale=locale) if same_day else _day_and_time(end, locale)
    return f"{told} \N{EN DASH} {last}"


def number(value: int) -> str:
    """Write a number as the reader's country does."""
    return str(format_decimal(value, locale=_locale()))


def decimal(value: float, digits: int) -> str:
    """Write a number with at most so many digits after the comma, none that say nothing."""
    pattern = "#,##0" + (f".{'#' * digits}" if digits else "")
    return str(format_decimal(value, format=pattern, locale=_locale()))


def _locale() -> str:
    """Return the reader's language as it is written in Belgium: 14:05, not 2:05 PM."""
    return f"{current()}_BE"


def _day_and_time(value: datetime, locale: str) -> str:
    day_told = format_date(value, "full", locale=locale)
    return f"{day_told}, {format_time(value, 'short', locale=locale)}"


def plain(text: str) -> str:
    r"""Write a text so that Streamlit's Markdown shows it letter by letter.

    >>> print(plain("[a](b) $d$"))
    \[a\]\(b\) \$d\$
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def wheelchair(value: Wheelchair | None) -> list[str]:
    """Tell whether one gets in without a step; nothing where it is unknown."""
    words = {
        Wheelchair.YES: _("yes"),
        Wheelchair.LIMITED: _("partly"),
        Wheelchair.NO: _("no"),
    }
    return [words[value]] if value else []


def appointment(value: Appointment | None) -> list[str]:
    """Tell whether one must call first; nothing where it is unknown."""
    words = {
        Appointment.NONE: _("not needed"),
        Appointment.POSSIBLE: _("possible"),
        Appointment.REQUIRED: _("needed"),
    }
    return [words[value]] if value else []


def cost(value: Cost | None) -> list[str]:
    """Tell what it costs; nothing where it is unknown."""
    words = {Cost.FREE: _("free"), Cost.REDUCED: _("reduced price"), Cost.PAID: _("to be paid")}
    return [words[value]] if value else []


def verified(actor: Actor) -> str:
    """Tell when and by whom it was last checked."""
    if actor.verified_on is None:
        return _("Never verified by a relay")
    if actor.verified_by:
        return _("Verified on {day} by {name}", day=day(actor.verified_on), name=actor.verified_by)
    return _("Verified on {day}", day=day(actor.verified_on))


def source(name: str) -> str:
    """Name a source; what somebody proposed without a name is a visitor's in every language."""
    return _(name) if name == A_VISITOR else name


def actor_kind(value: ActorKind) -> str:
    """Name a kind of actor."""
    return {
        ActorKind.ORGANISATION: _("Organisation"),
        ActorKind.PUBLIC_SERVICE: _("Public service"),
        ActorKind.PROFESSIONAL: _("Professional"),
        ActorKind.CITIZEN_GROUP: _("Citizen group"),
        ActorKind.SHOP: _("Shop"),
        ActorKind.RESIDENT: _("Resident, with consent"),
    }[value]


def activity_type(value: ActivityType) -> str:
    """Name a type of activity."""
    return {
        ActivityType.MARKET_STAND: _("Stand on the market"),
        ActivityType.CONVERSATION_TABLE: _("Conversation table"),
        ActivityType.BRICO: _("BRI-Co: listening in the neighbourhood"),
        ActivityType.NEIGHBOURHOOD_PARTY: _("Neighbourhood party"),
        ActivityType.INFORMATION: _("Information"),
        ActivityType.MEETING: _("Meeting"),
        ActivityType.OTHER: _("Activity"),
    }[value]


def address(value: Address, language: str) -> list[str]:
    """Write an address as on an envelope: street and number, then postcode and town."""
    street = value.street.best(language)
    if street and value.number:
        street = f"{street} {value.number}"
    if street and value.box:
        street = _("{street} box {box}", street=street, box=value.box)
    town = " ".join(filter(None, (value.postcode, value.municipality.best(language))))
    return [line for line in (street, town) if line]
