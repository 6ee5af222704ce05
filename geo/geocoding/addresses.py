"""Reading Belgian address text: which words are street, number, box, postcode, municipality.

Nothing is thrown away: every word of the text is in one of the fields of `Parsed`.
"""

import re
from typing import Final, NamedTuple

from geo.geocoding.vocabulary import (
    BEFORE_CORNER,
    BEFORE_NAME_NUMBER,
    BOXES,
    CORNERS,
    COUNTRIES,
    DATED,
    FLOORS,
    KINGS,
    LOCALITIES,
    MARKS,
    MONTHS,
    REGION,
    TYPES_FR,
)
from geo.geocoding.words import fold, joined

_RANGE: Final = re.compile(r"(\d[a-z]?)\s*([-/+&])\s*(?=\d)(?!\d{4}\b)")
_HARD: Final = re.compile(r"[,;|\n\r\t()\[\]\u2022]+|\.\s(?=\d{4}\b)")
_SOFT: Final = re.compile(r"\s+[-/]+\s+|\s*/\s*(?=[a-z])|(?<=[a-z]{4})\s+-(?=[a-z]{4})")
_TOKEN: Final = re.compile(r"\d+[a-z]*(?:[-/+&]\d+[a-z]*)*|[a-z]+\d*")
_NUMBER: Final = re.compile(r"(\d{1,4})([a-z]{0,3})(?:([-/+&])(.*))?")
_ORDINAL: Final = re.compile(r"\d+(?:er|ere|re|e|eme|ieme|de|ste|me)")
_POSTCODE: Final = re.compile(r"(?:be?)?([1-9]\d{3})")
_BOX: Final = re.compile(r"(?:bte|boite|bt|bus|bx|box|b)(\d+[a-z]?)")
_MARKED: Final = re.compile(r"(?:nr|no|n)(\d+[a-z]?)")
LONGEST_BOX: Final = 4
"""Letters and digits of a box ("bte 12A")."""
SHORT: Final = 3
"""Words of a stretch that only says where in a building."""
_LONGEST_PLACE: Final = 4
"""Words of the longest name of a municipality or part of one."""


class Parsed(NamedTuple):
    """An address taken apart; words are folded.

    `names` are the street names found (both languages, both streets of a corner, or a building's
    name beside the street's), each a tuple of words; `place` is the municipality, `other` what
    fits nowhere else.
    """

    names: tuple[tuple[str, ...], ...] = ()
    number: str = ""
    suffix: str = ""
    until: str = ""
    box: str = ""
    postcode: int = 0
    place: str = ""
    corner: bool = False
    other: tuple[str, ...] = ()


class _Draft:
    """What has been found so far."""

    __slots__ = (
        "box",
        "corner",
        "names",
        "number",
        "other",
        "place",
        "postcode",
        "suffix",
        "until",
    )

    def __init__(self) -> None:
        self.names: list[tuple[str, ...]] = []
        self.number = self.suffix = self.until = self.place = ""
        self.box: list[str] = []
        self.other: list[str] = []
        self.postcode = 0
        self.corner = False


def parse(text: str) -> Parsed:
    """Take an address apart; never raises.

    >>> parse("Rue Haute 298A bte 3, 1000 Bruxelles")[:6]
    ((('rue', 'haute'),), '298', 'a', '', '3', 1000)
    >>> parse("B-1080 Molenbeek, 12-14 rue du 11 Novembre").names
    (('rue', 'du', '11', 'novembre'),)
    """
    draft = _Draft()
    plain = fold(text)
    if "." in plain:
        plain = plain.replace("n.v.t.", " ")
    plain = _RANGE.sub(r"\1\2", plain)
    for hard in _HARD.split(plain):
        for soft in _SOFT.split(hard) if "-" in hard or "/" in hard else (hard,):
            tokens = _TOKEN.findall(soft)
            if tokens:
                _segment(draft, tokens)
    return Parsed(
        tuple(draft.names),
        draft.number,
        draft.suffix,
        draft.until,
        " ".join(draft.box),
        draft.postcode,
        draft.place,
        draft.corner,
        tuple(draft.other),
    )


def _segment(draft: _Draft, tokens: list[str]) -> None:
    """Sort the words of one stretch between commas: names are the runs between numbers."""
    run: list[str] = []
    at = 0
    after_code = False
    while at < len(tokens):
        token = tokens[at]
        if token[0].isdigit() or token[-1].isdigit():
            taken = _digits(draft, tokens, at, run)
            if taken:
                _close(draft, run, after_code=after_code)
                run = []
                after_code = draft.postcode > 0 and bool(_POSTCODE.fullmatch(token))
                at += taken
                continue
        else:
            taken = _marked(draft, tokens, at, run)
            if taken:
                at += taken
                continue
        run.append(token)
        at += 1
    _close(draft, run, after_code=after_code)


def _digits(draft: _Draft, tokens: list[str], at: int, run: list[str]) -> int:
    """Place a word with a digit; 0 where it belongs to the name."""
    token = tokens[at]
    before = tokens[at - 1] if at else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    if after.startswith(DATED) and _numbered(tokens[at + 2 :]):
        return 0
    if before in KINGS and token in ("1", "2", "3") and _numbered(tokens[at + 1 :]):
        return 0
    named = before in BEFORE_NAME_NUMBER and after and after[0].isalpha() and after not in BOXES
    if not named and after not in MONTHS:
        code = _POSTCODE.fullmatch(token)
        if code and _is_postcode(draft, int(code[1]), run, tokens, at):
            draft.postcode = int(code[1])
            if run and run[-1] in ("b", "be"):
                draft.other.append(run.pop())
            return 1
        if _ORDINAL.fullmatch(token) and after in FLOORS:
            draft.box += [token, after]
            return 2
        if not _ORDINAL.fullmatch(token) or len(token.rstrip("e")) + 1 == len(token):
            return _house(draft, tokens, at, run)
    return 0


def _numbered(tokens: list[str]) -> bool:
    """Whether a house number still comes."""
    return any(word[0].isdigit() and not _POSTCODE.fullmatch(word) for word in tokens)


def _is_postcode(draft: _Draft, code: int, run: list[str], tokens: list[str], at: int) -> bool:
    """Whether four digits are a postcode rather than a number of a very long street."""
    if draft.postcode:
        return False
    if at == 0 or draft.number or tokens[at] != str(code) or run[-1:] in (["b"], ["be"]):
        return True
    rest = tokens[at + 1 :]
    if rest and not any(word[0].isdigit() for word in rest):
        return True
    return 1000 <= code < 1300 and code % 10 == 0 and not draft.number  # noqa: PLR2004 - bpost


def _house(draft: _Draft, tokens: list[str], at: int, run: list[str]) -> int:
    """Take a house number with what follows it: a letter, a range, a box."""
    token = tokens[at]
    found = _NUMBER.fullmatch(token)
    glued = _BOX.fullmatch(token)
    if glued and (draft.number or run):
        draft.box.append(glued[1])
        return 1
    marked = _MARKED.fullmatch(token)
    if marked:
        found = _NUMBER.fullmatch(marked[1])
    if not found or draft.number:
        (draft.box if draft.number else draft.other).append(token)
        return 1
    draft.number, draft.suffix = found[1], found[2]
    sign, further = found[3], found[4] or ""
    if sign and further:
        ahead = re.match(r"\d+", further)
        if sign in "-&+" and ahead and int(ahead[0]) > int(found[1]):
            draft.until = further
        else:
            draft.box.append(further)
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    beyond = tokens[at + 2] if at + 2 < len(tokens) else ""
    letter = (len(after) == 1 and after.isalpha()) or after in ("bis", "ter")
    boxed = after == "b" and beyond[:1].isdigit()
    named = run or draft.names or not beyond or beyond in TYPES_FR
    if letter and named and not boxed and not draft.suffix:
        draft.suffix = after
        return 2
    return 1


def _marked(  # noqa: PLR0911 - one a rule
    draft: _Draft, tokens: list[str], at: int, run: list[str]
) -> int:
    """Place a word that announces a number, a box or a corner; 0 where it is an ordinary one."""
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    if token in MARKS and after[:1].isdigit() and (run or not at):
        draft.other.append(token)
        return 1
    if token in CORNERS:
        return _corner(draft, tokens[at - 1] if at else "", token, run)
    if not draft.number and (run or at):
        return 0
    code = _POSTCODE.fullmatch(after)
    if token in BOXES and after and len(after) <= LONGEST_BOX and not (code and token == "b"):  # noqa: S105 - a word
        draft.other.append(token)
        draft.box.append(after)
        return 2
    if token in FLOORS and (draft.number or len(tokens) <= SHORT):
        draft.box.append(token)
        if after[:1].isdigit() and not code:
            draft.box.append(after)
            return 2
        return 1
    return 0


def _corner(draft: _Draft, before: str, word: str, run: list[str]) -> int:
    """Take the word for a corner, unless a street is called so ("Rue de l'Angle")."""
    if not set(run) <= BEFORE_CORNER:
        if before in BEFORE_CORNER:
            return 0
        _close(draft, run, after_code=False)
    else:
        draft.other += run
    run.clear()
    draft.corner = True
    draft.other.append(word)
    return 1


def _close(draft: _Draft, run: list[str], *, after_code: bool) -> None:
    """Decide what a run of words is: a municipality, a street name, or something else."""
    if not run:
        return
    tokens = joined(run)
    if after_code:
        tokens = _cut_place(draft, tokens)
        if not tokens:
            return
    if _is_place(" ".join(tokens)) and (draft.names or draft.postcode or not draft.place):
        known = draft.place
        draft.place = " ".join(tokens)
        if known:
            draft.other += known.split()
        return
    if all(token in COUNTRIES for token in tokens):
        draft.other += tokens
        return
    draft.names.append(tuple(tokens))


def _cut_place(draft: _Draft, tokens: list[str]) -> list[str]:
    """Take a municipality off the front of what stands behind a postcode."""
    for count in range(min(_LONGEST_PLACE, len(tokens)), 0, -1):
        phrase = " ".join(tokens[:count])
        if _is_place(phrase):
            if draft.place:
                draft.other += draft.place.split()
            draft.place = phrase
            return tokens[count:]
    if not draft.place and draft.names:
        draft.place = " ".join(tokens)
        return []
    return tokens


def _is_place(phrase: str) -> bool:
    return phrase in LOCALITIES or phrase in REGION
