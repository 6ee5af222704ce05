"""What a line of text looks like on paper: cleaned, Arabic letters joined, right to left turned.

A PDF holds what is drawn from left to right. Python has no bidirectional algorithm and the
libraries for it are LGPL or large, so the part of Unicode's UAX #9 that a name or an address needs
is here: the implicit rules, without embeddings, which we take out as hostile anyway.
"""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import groupby
from typing import Final

LONGEST: Final = 600
"""Characters kept of one text: more than a column of the sheet could show (our choice)."""
CUT: Final = "…"
_KEPT_SPACES: Final = "\u00a0\u202f"
_SPACES: Final = re.compile(" +")
_FIRST_TO_THE_LEFT: Final = "\u0590"
"""Hebrew begins here; no letter before it runs to the left."""
_VOWEL_MARKS: Final = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_MIRRORED: Final = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_STRONG: Final = {"L": "L", "R": "R", "AL": "R", "AN": "N", "EN": "N"}
_TATWEEL: Final = "\u0640"
_WITHIN_HOUR: Final = re.compile(
    r"(?<=\d) (?=[hu]\b)"
    r"|(?:(?<=\d[hu])|(?<=\d[ \u00a0\u202f][hu])) (?=\d\d\b(?![ \u00a0\u202f]?[hu]\b))"
)
"""The spaces of "13 h 30"; not the one between two hours."""
_NOT_JOINED: Final = "\u200c"
"""Zero width non-joiner: Persian parts letters with it."""


def clean(text: str, *, longest: int = LONGEST) -> str:
    r"""Take out of a text what is not drawn: controls, turns of direction, repeated spaces.

    Longer than `longest` characters is cut, with an ellipsis.

    >>> clean("  A\u202eB\n\x00 C ")
    'AB C'
    """
    text = unicodedata.normalize("NFC", text[: 4 * longest])
    text = "".join(" " if c.isspace() and c not in _KEPT_SPACES else c for c in text)
    drawn = "".join(c for c in text if c == _NOT_JOINED or _is_drawn(c))
    kept = _SPACES.sub(" ", drawn).strip()
    return kept if len(kept) <= longest else kept[: longest - 1].rstrip() + CUT


def hold_hours(text: str) -> str:
    r"""Keep the parts of an hour on one line: 13 h 30, 9 u.

    >>> hold_hours("13 h 30 à 17 h ou 9 u")
    '13\xa0h\xa030 à 17\xa0h ou 9\xa0u'
    """
    return _WITHIN_HOUR.sub("\u00a0", text)


@lru_cache(maxsize=4096)
def _is_drawn(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs"}


def join_letters(text: str) -> str:
    """Give each Arabic letter the form it has between its neighbours; vowel marks are left out.

    >>> [f"{ord(c):04x}" for c in join_letters("باب")]
    ['fe91', 'fe8e', 'fe8f']
    """
    if not any("\u0600" <= c <= "\u06ff" for c in text):
        return text.replace(_NOT_JOINED, "")
    forms = _forms()
    letters = _with_ligatures(_VOWEL_MARKS.sub("", text))
    drawn = []
    for i, letter in enumerate(letters):
        own = forms.get(letter, {})
        before = i > 0 and "initial" in forms.get(letters[i - 1], {})
        after = i + 1 < len(letters) and "final" in forms.get(letters[i + 1], {})
        before, after = before and "final" in own, after and "initial" in own
        place = ("isolated", "final", "initial", "medial")[before + 2 * after]
        drawn.append(own.get(place, letter))
    return "".join(drawn).replace(_NOT_JOINED, "")


def side_of(text: str) -> str:
    """Tell which way a text runs by its first letter: L or R.

    >>> side_of("12, שלום"), side_of("12")
    ('R', 'L')
    """
    kinds = (unicodedata.bidirectional(c) for c in text)
    first = next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L")
    return "L" if first == "L" else "R"


def reorder(line: str, base: str) -> str:
    """Put the characters of one line in the order they are drawn in, from left to right.

    `base` is the way the whole text runs, of which the line may be a part.

    >>> reorder("Rue אבג, Anneessens", "L")
    'Rue גבא, Anneessens'
    """
    if base == "L" and (not line or max(line) < _FIRST_TO_THE_LEFT):
        return line
    sides = _sides(line, base)
    if base == "L" and "R" not in sides:
        return line
    _settle_brackets(line, sides, base)
    levels = _levels(sides, base)
    drawn = list(zip(line, levels, strict=True))
    for level in range(max(levels), 0, -1):
        turned: list[tuple[str, int]] = []
        for deep, run in groupby(drawn, key=lambda each, level=level: each[1] >= level):  # type: ignore[misc]
            together = list(run)
            turned.extend(together[::-1] if deep else together)
        drawn = turned
    return "".join(c.translate(_MIRRORED) if level % 2 else c for c, level in drawn)


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Read from Unicode's own decompositions which forms a letter, or lam with alef, has."""
    forms: dict[str, dict[str, str]] = {_TATWEEL: {"initial": _TATWEEL, "final": _TATWEEL}}
    forms[_TATWEEL] |= {"medial": _TATWEEL, "isolated": _TATWEEL}
    for code in (*range(0xFB50, 0xFBC0), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEFD)):
        kind, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        base = "".join(chr(int(each, 16)) for each in letters)
        if kind.strip("<>") in {"isolated", "final", "initial", "medial"} and " " not in base:
            forms.setdefault(base, {}).setdefault(kind.strip("<>"), chr(code))
    return forms


def _with_ligatures(text: str) -> list[str]:
    """Split in letters; lam and the alef behind it are one."""
    return re.findall("\u0644[\u0622\u0623\u0625\u0627]|.", text, re.DOTALL)


def _sides(line: str, base: str) -> list[str]:
    """Tell of each character: L, R, N for a number, or - for what follows its neighbours."""
    kinds = [unicodedata.bidirectional(c) for c in line]
    sides = [_STRONG.get(kind, "-") for kind in kinds]
    last = base
    for i, kind in enumerate(kinds):
        within = 0 < i < len(kinds) - 1
        if kind == "NSM" and i:
            sides[i] = sides[i - 1]
        elif kind in {"ES", "CS"} and within and kinds[i - 1] == kinds[i + 1] == "EN":
            sides[i] = "N"
        if sides[i] == "N" and last == "L":
            sides[i] = "L"
        last = sides[i] if sides[i] in "LR" else last
    return sides


def _settle_brackets(line: str, sides: list[str], base: str) -> None:
    """Let both brackets of a pair run the same way (rule N0), in place."""
    other = "L" if base == "R" else "R"
    opened: list[int] = []
    for i, character in enumerate(line):
        if character in "([{":
            opened.append(i)
        elif character in ")]}" and opened:
            start = opened.pop()
            inside = {"R" if side == "N" else side for side in sides[start + 1 : i]}
            before = next((side for side in reversed(sides[:start]) if side != "-"), base)
            if inside & {"L", "R"}:
                away = base not in inside and before.replace("N", "R") == other
                sides[start] = sides[i] = other if away else base


def _levels(sides: list[str], base: str) -> list[int]:
    """Give each character its depth: even runs to the right, odd to the left."""
    outer = int(base == "R")
    settled = list(sides)
    start = 0
    for side, run in groupby(sides):
        end = start + len(list(run))
        if side == "-":
            before = "R" if start and settled[start - 1] in "RN" else ("L" if start else base)
            after = base if end == len(sides) else "R" if sides[end] in "RN" else sides[end]
            settled[start:end] = [before if before == after else base] * (end - start)
        start = end
    if outer:
        return [{"R": 1, "L": 2, "N": 2}[side] for side in settled]
    return [{"L": 0, "R": 1, "N": 2}[side] for side in settled]
