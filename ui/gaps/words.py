"""How the figures of a gap are written for who reads."""

import math

from babel.numbers import format_percent

from geo.coverage import M_PER_MIN
from ui.language import _, current, ngettext
from ui.wording import decimal


def share(value: float) -> str:
    """Write a part of one in per cent; a part is never told as none or as all.

    >>> from ui.language import speaking
    >>> with speaking("en"):
    ...     share(0.25), share(0.004), share(0.997)
    ('25%', '<1%', '>99%')
    """
    locale = f"{current()}_BE"
    if 0 < value < 0.01:  # noqa: PLR2004 - a per cent
        return "<" + str(format_percent(0.01, locale=locale))
    if 0.99 < value < 1:  # noqa: PLR2004
        return ">" + str(format_percent(0.99, locale=locale))
    return str(format_percent(round(value, 2), locale=locale))


def minutes(value: float) -> str:
    """Write minutes on foot; what is unknown and what is beyond every way are told apart."""
    if math.isnan(value):
        return _("unknown")
    if math.isinf(value):
        return _("no way leads to one")
    return ngettext("{n} min", "{n} min", max(1, math.ceil(value)))


def people(value: float) -> str:
    """Write a number of people, or that it is not known."""
    if math.isnan(value):
        return _("number of people unknown")
    return ngettext("{n} person", "{n} people", round(value))


def pace() -> str:
    """Write the pace all is measured at."""
    return decimal(M_PER_MIN * 60 / 1_000, 1)
