"""Plain slips in OpenStreetMap's opening hours, mended where only one meaning is possible."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import pairwise

from opening_hours import (  # type: ignore[attr-defined]  # its stubs miss ParserError
    OpeningHours,
    ParserError,
)

from directory.search import fold

MORNING_H = 5
"""Nobody here opens earlier: a bare "2-6" is an afternoon written short. Our choice."""
EVENING_H = 16
"""A span that was mended may pass midnight if it starts from here on. Our choice."""
NIGHT_ENDS_H = 6
"""… and ends until here; "9-5" is an office's day written the English way."""
_DAY_H = 24
_NOON_H = 12

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMES = {
    "en": (
        "mo mon monday",
        "tu tue tues tuesday",
        "we wed wednesday",
        "th thu thur thurs thursday",
        "fr fri friday",
        "sa sat saturday",
        "su sun sunday",
    ),
    "fr": (
        "lu lun lundi",
        "ma mar mardi",
        "me mer mercredi",
        "je jeu jeudi",
        "ve ven vendredi",
        "sa sam samedi",
        "di dim dimanche",
    ),
    "nl": (
        "ma maa maandag",
        "di din dinsdag",
        "wo woe woensdag",
        "do don donderdag",
        "vr vri vrijdag",
        "za zat zaterdag",
        "zo zon zondag",
    ),
}
_OTHER_WORDS = {
    "en": {"to": "-", "till": "-", "until": "-", "and": ",", **{m.lower(): m for m in _MONTHS}},
    "fr": {"a": "-", "au": "-", "et": ",", "ferme": "off", "fermee": "off"},
    "nl": {"tot": "-", "t/m": "-", "en": ",", "gesloten": "off", "dicht": "off"},
}
_SYNTAX = {
    word.lower(): word
    for words in (
        "PH SH off closed open unknown",
        "week easter sunrise sunset dawn dusk day days",
    )
    for word in words.split()
}
_CLOCK = {word: word for word in ("h", "u", "uur", "am", "pm")}


def _vocabulary(language: str) -> dict[str, str]:
    days = {
        name: day
        for day, names in zip(_DAYS, _NAMES[language], strict=True)
        for name in names.split()
    }
    return {**_SYNTAX, **_CLOCK, **_OTHER_WORDS[language], **days}


_CODES = {day.lower(): day for day in _DAYS}
# Besides the three languages, the syntax's own days with a French or Dutch word between the times.
_VOCABULARIES: tuple[Mapping[str, str], ...] = (
    *(_vocabulary(language) for language in _NAMES),
    *({**_SYNTAX, **_CLOCK, **_OTHER_WORDS[each], **_CODES} for each in ("fr", "nl")),
)

_DAY = r"(?:\b(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)(?:\[[-\d,]+\])?)"
_RANGE = rf"{_DAY}(?:\s*-\s*{_DAY})?"
_MONTH = rf"\b(?:{'|'.join(_MONTHS)})"
_DATE = rf"{_MONTH}(?:\s*-\s*{_MONTH}|\s\d{{1,2}}(?:\s*-\s*(?:{_MONTH}\s)?\d{{1,2}})?)?(?![:\d])"


def _list_of(item: str) -> str:
    return rf"{item}(?:\s*,\s*{item})*\s*,\s+{item}(?:\s*,\s*{item})*"


_SPLIT_LIST = re.compile(
    rf"(?:{_list_of(_RANGE)}|{_list_of(_DATE)})(?=:?\s+(?:\d\d?:\d|off\b|closed\b|{_DAY}))",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\d\d:\d\d-\d\d:\d\d(?:\s*,\s*\d\d:\d\d-\d\d:\d\d)+")
_HAS_TIME = re.compile(r"\d\d?:\d\d")
_QUOTED = re.compile(r'("[^"]*")')
_WORD = re.compile(r"t/m|[^\W\d_]+\.?")
_TIME = (
    r"(\d{1,2})(?:\s?([:.hu])\s?(\d\d)(?!\d))?(?:\s?(?:h|u|uur)(?![^\W\d_])\.?)?"
    r"(?:\s?([ap]m)\b)?"
)
_SPAN = re.compile(rf"(?<![\w.:\[/-]){_TIME}\s*-\s*{_TIME}(?![\w:\]/])")
_OPEN_END = re.compile(r"(?<![\w.:\[/-])(\d{1,2})(?:\s?[:.hu]\s?(\d\d)|\s?[hu])\s*\+")
_CANONICAL = re.compile(r"\d\d?:\d\d-\d\d?:\d\d")
_ALWAYS = re.compile(
    r"(?:7\s*[jd]?\s*/\s*7\s*[,;-]?\s*)?24\s*[hu]?\s*/\s*(?:24|7)\s*[hujd]?"
    r"(?:\s*[,;-]?\s*7\s*[jd]?\s*/\s*7)?",
    re.IGNORECASE,
)
_MARDI = re.compile(r"\bmar\b")
"""March is written "Mar"."""
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"), "-")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\t"), " ")
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"), None)
_SIGNS = {
    **_DASHES, **_SPACES, **_NOTHING,
    ord("\uff1a"): ":", ord("\uff1b"): ";", ord("\uff0c"): ",", ord("\r"): "", ord("\n"): ";",
}  # fmt: skip
_CALENDAR = re.compile(rf"\b(?:{'|'.join(_MONTHS)}|week|easter|days?|\d{{4}})\b", re.IGNORECASE)


class _DoubtfulError(Exception):
    """The text could mean two things."""


@lru_cache(maxsize=8192)
def mend(text: str) -> str | None:
    """Return the text with plain slips mended; as it is where nothing is to mend, None if in doubt.

    What the library understands is left alone, but for two things that it reads as nobody means
    them: in "Mo, Tu 09:00-12:00" it lets the whole Monday be open, and "mar" for Tuesday is March.

    >>> mend("Mo-Fr09:00-12:00"), mend("lu, me, ve 9h30 à 12h"), mend("24h/24")
    ('Mo-Fr 09:00-12:00', 'Mo,We,Fr 09:30-12:00', '24/7')
    >>> mend("ma-di 9-12") is None  # Tuesday to Sunday in French, Monday and Tuesday in Dutch
    True
    """
    typed = _outside_quotes(text, lambda piece: piece.translate(_SIGNS))
    for known in (text, typed):
        if _understood(known):
            return _as_meant(known)
    return _mend_unread(text)


def _as_meant(text: str) -> str | None:
    if _MARDI.search(_QUOTED.sub("", text)):
        return None
    joined = _outside_quotes(text, _join_lists)
    return joined if joined != text and _understood(joined) else text


def _mend_unread(text: str) -> str | None:
    if _ALWAYS.fullmatch(text.strip()):
        return "24/7"
    if text.count('"') % 2:
        return None
    spelled = {_spell(text, vocabulary) for vocabulary in _VOCABULARIES} - {None}
    if len(spelled) != 1:
        return None
    try:
        mended = _mend(str(spelled.pop()))
        _refuse_doubtful(mended)
    except _DoubtfulError:
        return None
    return mended if _understood(mended) else None


def _understood(text: str) -> bool:
    try:
        OpeningHours(text)
    except ParserError:
        return False
    return True


def _outside_quotes(text: str, change: Callable[[str], str]) -> str:
    """Change all but the comments."""
    pieces = _QUOTED.split(text)
    return "".join(piece if n % 2 else change(piece) for n, piece in enumerate(pieces))


def _spell(text: str, vocabulary: Mapping[str, str]) -> str | None:
    """Write every word as the syntax does; None where one is not of this language."""

    def spell(found: re.Match[str]) -> str:
        word = fold(found[0]).removesuffix(".")
        if word not in vocabulary:
            raise _DoubtfulError
        return vocabulary[word]

    try:
        return _outside_quotes(
            text, lambda piece: _WORD.sub(spell, piece.translate(_SIGNS).replace("&", ","))
        )
    except _DoubtfulError:
        return None


def _mend(text: str) -> str:
    dated = _CALENDAR.search(_QUOTED.sub("", text)) is not None
    text = _outside_quotes(text, _space)
    text = _outside_quotes(text, lambda piece: _write_times(piece, dated=dated))
    text = _outside_quotes(text, _join_lists)
    text = re.sub(r"(?:\s*;)+\s*(?=;|$)|^[;,\s]+|[;,\s]+$", "", re.sub(r"(?:;\s*)+", "; ", text))
    return _part_rules(text)


def _space(piece: str) -> str:
    piece = re.sub(rf"({_DAY})\s*-\s*(?={_DAY})", r"\1-", piece)
    piece = re.sub(rf"({_DAY})\s*[,/]\s*(?={_DAY})", r"\1,", piece)
    piece = re.sub(rf"({_DAY})\s*:(?=\s|\d)", r"\1 ", piece)
    piece = re.sub(rf"({_DAY})(?=\d)", r"\1 ", piece)
    return re.sub(r" {2,}", " ", piece)


def _write_times(piece: str, *, dated: bool) -> str:
    """Write spans as 09:00-12:00; bare numbers beside a month or week may be days and stay."""

    def span(found: re.Match[str]) -> str:
        if _CANONICAL.fullmatch(found[0]):
            return found[0]
        hour, sign, minute, half, end_hour, end_sign, end_minute, end_half = found.groups()
        bare = not (sign or end_sign or half or end_half) and found[0].replace("-", "").isdigit()
        if bare and dated:
            raise _DoubtfulError
        start = _minutes(hour, minute, half or "")
        end = _minutes(end_hour, end_minute, end_half or "")
        overnight = start >= EVENING_H * 60 and end <= NIGHT_ENDS_H * 60
        if start < MORNING_H * 60 or (end <= start and not overnight):
            raise _DoubtfulError
        return f"{_clock(start)}-{_clock(end)}"

    piece = _SPAN.sub(span, piece.replace(" - ", "-"))
    piece = _OPEN_END.sub(lambda found: f"{_clock(_minutes(found[1], found[2], ''))}+", piece)
    # Two spans beside each other, or with a slash between them: the break at noon.
    return re.sub(r"(-\d\d:\d\d)\s*(?:[,/]\s*|\s)(?=\d\d?:\d\d-)", r"\1,", piece)


def _minutes(hour: str, minute: str | None, half: str) -> int:
    hours = int(hour)
    if half:
        if not 1 <= hours <= _NOON_H:
            raise _DoubtfulError
        hours = hours % _NOON_H + (_NOON_H if half == "pm" else 0)
    value = hours * 60 + int(minute or 0)
    if value > _DAY_H * 60 or int(minute or 0) >= 60:  # noqa: PLR2004 - of an hour
        raise _DoubtfulError
    return value


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _join_lists(piece: str) -> str:
    timed = _HAS_TIME.search(piece) is not None

    def join(found: re.Match[str]) -> str:
        off = not _HAS_TIME.match(piece, found.end() + 1)
        if off and re.search("PH|SH", found[0], re.IGNORECASE) and not timed:
            return found[0]  # "Mo-Su, PH off": open every day but on holidays
        return re.sub(r"\s*,\s*", ",", found[0])

    return _SPLIT_LIST.sub(join, piece)


_LIST = rf"{_RANGE}(?:,{_RANGE})*"
_NEXT_DAYS = re.compile(rf"(\d\d:\d\d\+?|\boff)(?:\s*,\s*|\s+)(?={_LIST}\s+(?:\d\d?:\d\d|off\b))")
_DAYS_ALONE = re.compile(rf"(?<![-,])(?>{_LIST})\s*(?=[,;|]|$)")
_BEGINS_WITH_TIME = re.compile(r"(?:^|[;|])\s*\d\d?:\d\d")


def _refuse_doubtful(text: str) -> None:
    """Refuse what the library reads, but may be another thing than was meant.

    Raises:
        _DoubtfulError: times before their days, days without times, or times that overlap.
    """
    text = _QUOTED.sub('"', text)
    if _DAYS_ALONE.search(text) or _BEGINS_WITH_TIME.search(text):
        raise _DoubtfulError
    for run in _TIMES.findall(text):
        spans = [span.split("-") for span in run.replace(" ", "").split(",")]
        if any(next_one[0] < span[1] for span, next_one in pairwise(spans)):
            raise _DoubtfulError


def _part_rules(text: str) -> str:
    """Part rules such as in "20:00,Th 07:00", where adding to or replacing the first is the same.

    Raises:
        _DoubtfulError: it is not.
    """
    added = _outside_quotes(text, lambda piece: _NEXT_DAYS.sub(r"\1, ", piece))
    replaced = _outside_quotes(text, lambda piece: _NEXT_DAYS.sub(r"\1; ", piece))
    if added in (text, replaced):
        return text
    if not (_understood(added) and _understood(replaced)):
        raise _DoubtfulError
    if not same_times(added, replaced):
        raise _DoubtfulError
    return added


_COMPARED = (datetime(2027, 1, 1), datetime(2028, 1, 1))  # noqa: DTZ001 - wall times
"""A year with its public holidays; one that begins on a Friday, so every week has its turn."""


def same_times(one: str, other: str) -> bool:
    """Tell whether two texts are open at the same times."""
    first, second = (_changes(text) for text in (one, other))
    return first == second


def _changes(text: str) -> list[tuple[datetime, object]]:
    changes: list[tuple[datetime, object]] = []
    for start, _, state, comment in OpeningHours(text, country="BE").intervals(*_COMPARED):
        if not changes or changes[-1][1] != (state, comment):
            changes.append((start, (state, comment)))
    return changes
