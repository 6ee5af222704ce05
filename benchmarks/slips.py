"""Slips that people make in opening hours, put into right ones."""

import re
from collections.abc import Callable, Mapping

_CLOCK = re.compile(r"(\d\d):(\d\d)")
_CODES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_NAMES = {
    "two French letters": ("lu", "ma", "me", "je", "ve", "sa", "di"),
    "three French letters": ("lun", "mar", "mer", "jeu", "ven", "sam", "dim"),
    "two Dutch letters": ("ma", "di", "wo", "do", "vr", "za", "zo"),
}


def _days(names: tuple[str, ...]) -> Callable[[str], str]:
    named = dict(zip(_CODES, names, strict=True))
    return lambda text: re.sub(r"\b(?:Mo|Tu|We|Th|Fr|Sa|Su)\b", lambda day: named[day[0]], text)


def _clocks(sign: str, after: str = "") -> Callable[[str], str]:
    def write(found: re.Match[str]) -> str:
        minutes = "" if found[2] == "00" else sign + found[2]
        return f"{int(found[1])}{minutes}{after if not minutes or sign != after else ''}"

    return lambda text: _CLOCK.sub(write, text)


def _after(first: Callable[[str], str], then: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: then(first(text))


SLIPS: Mapping[str, Callable[[str], str]] = {
    "h for the colon": lambda text: _CLOCK.sub(r"\1h\2", text),
    "a dot for the colon": lambda text: _CLOCK.sub(r"\1.\2", text),
    "9h, 9h30": _clocks("h", "h"),
    "9u, 9.30u": _clocks(".", "u"),
    "9, 9:30": _clocks(":"),
    "dashes": lambda text: text.replace("-", "\N{EN DASH}"),
    "no spaces": lambda text: text.replace(" ", ""),
    "spaces everywhere": lambda text: text.replace(",", ", ").replace("-", " - "),
    "a comma between rules": lambda text: text.replace("; ", ","),
    "lines": lambda text: text.replace("; ", "\n"),
    "colons after days": lambda text: re.sub(r"([a-z]) (\d)", r"\1: \2", text),
    "a slash at noon": lambda text: re.sub(r",(\d)", r" / \1", text),
    "nothing at noon": lambda text: re.sub(r",(\d)", r" \1", text),
    "semicolons twice": lambda text: text.replace("; ", ";; ") + ";",
    **{name: _days(names) for name, names in _NAMES.items()},
    "French, h": _after(_clocks("h", "h"), _days(_NAMES["two French letters"])),
    "Dutch, u": _after(_clocks(".", "u"), _days(_NAMES["two Dutch letters"])),
}
