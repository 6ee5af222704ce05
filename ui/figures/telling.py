"""Figures in words: their values as the reader's country writes them, their unit and level."""

from babel.numbers import format_decimal

from directory.indicators import Indicator, Unit
from geo.levels import Level
from ui.language import _, current, ngettext
from ui.wording import number


def value(told: float | None, unit: Unit) -> str:
    """Write a value with its unit, or that it is not known."""
    if told is None:
        return _("unknown")
    if unit is Unit.SHARE:
        return f"{_decimal(100 * told, '#,##0.0')} %"
    if unit is Unit.EURO:
        return f"{_decimal(told, '#,##0.##')} €"
    return _decimal(told, "#,##0" if unit is Unit.PEOPLE else "#,##0.##")


def _decimal(told: float, form: str) -> str:
    return str(format_decimal(told, format=form, locale=f"{current()}_BE"))


def unit_name(unit: Unit) -> str:
    """Name a unit."""
    return {
        Unit.PEOPLE: _("people"),
        Unit.SHARE: _("share, in %"),
        Unit.EURO: _("euro"),
        Unit.NUMBER: _("another number"),
    }[unit]


def level_name(level: Level) -> str:
    """Name the areas a figure is told by."""
    if level is Level.SECTOR:
        return _("statistical sectors")
    return _("monitoring districts")


def name(indicator: Indicator) -> str:
    """Name a figure with its year, and its level where that is not the sector."""
    told = f"{indicator.names.best(current())} {indicator.year}"
    if indicator.level is Level.SECTOR:
        return told
    return _("{name}, by monitoring district", name=told)


def known(indicator: Indicator, areas: int) -> str:
    """Tell for how many of the areas there are a figure is known."""
    count = number(sum(one is not None for one in indicator.values.values()))
    if indicator.level is Level.SECTOR:
        return ngettext("{known} of {n} sector", "{known} of {n} sectors", areas, known=count)
    return ngettext("{known} of {n} district", "{known} of {n} districts", areas, known=count)
