"""Opening hours as people write them, put into OpenStreetMap's syntax for somebody to confirm."""

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from directory.hours import parse
from directory.search import fold

MAX_LENGTH = 300
"""Characters of a text that is tried; longer ones are stories."""
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAYS = 7
"""The number of public holidays, beside the days of the week 0 to 6."""
_DAY_MIN = 24 * 60
_MORNING_MIN = 5 * 60
"""Nobody here opens earlier; a start before it is an afternoon written short, and not guessed."""
_EVENING_MIN = 16 * 60
_NIGHT_ENDS_MIN = 6 * 60
"""A span from the evening may end until this hour of the next day."""

_NAMES = {
    "fr": (
        ("lu", "lun", "lundi"),
        ("ma", "mar", "mardi"),
        ("me", "mer", "merc", "mercredi"),
        ("je", "jeu", "jeudi"),
        ("ve", "ven", "vend", "vendredi"),
        ("sa", "sam", "samedi"),
        ("di", "dim", "dimanche"),
    ),
    "nl": (
        ("ma", "maa", "maan", "maandag"),
        ("di", "din", "dins", "dinsdag"),
        ("wo", "woe", "woen", "woens", "woensdag"),
        ("do", "don", "dond", "donderdag"),
        ("vr", "vrij", "vrijdag"),
        ("za", "zat", "zater", "zaterdag"),
        ("zo", "zon", "zondag"),
    ),
    "en": (
        ("mo", "mon", "monday"),
        ("tu", "tue", "tues", "tuesday"),
        ("we", "wed", "wednesday"),
        ("th", "thu", "thur", "thurs", "thursday"),
        ("fr", "fri", "friday"),
        ("sa", "sat", "saturday"),
        ("su", "sun", "sunday"),
    ),
}
_JOINS = {"fr": "et", "nl": "en", "en": "and"}
_UNTIL = {
    "fr": r"a|au|jusqu'?\s*a|jusqu'?\s*au",
    "nl": r"tot\s+en\s+met|t/m|tem|t\.?e\.?m\.?|tot",
    "en": r"to|till|until|through",
}
_APPOINTMENT = {
    "fr": (r"sur\s+(?:rendez[- ]?vous|rdv|r\.d\.v\.?)", "sur rendez-vous"),
    "nl": (r"(?:op|na)\s+afspraak", "op afspraak"),
    "en": (r"by\s+appointment", "by appointment"),
}
_ONLY = r"(?:(?:uniquement|seulement|enkel|alleen|only)\s+)?"
_FILLING = {
    "fr": "du|de|des|le|les|l'|ouvert|ouverte|ouverture|horaires?|heures?|chaque|tous|et",
    "nl": "van|op|de|open|geopend|openingsuren|elke|iedere|uur|telkens",
    "en": "from|on|open|opening|hours|every|the|at",
}


class _Token(NamedTuple):
    kind: str
    value: tuple[int, ...] = ()


@dataclass(slots=True)
class _Week:
    """What was understood so far: spans by day, in minutes, and the rest of the sentence."""

    spans: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    current: list[int] = field(default_factory=list)
    filled: bool = False
    waiting: list[tuple[int, int]] = field(default_factory=list)


class _NotUnderstoodError(Exception):
    """Something in the text is not hours, or could mean two things."""


@lru_cache(maxsize=65536)
def hours_in_words(text: str, *, language: str = "") -> str | None:
    """Put a text into OpenStreetMap's syntax; None where it is not wholly understood.

    "ma-di 9-12" is Tuesday to Sunday in French and Monday to Tuesday in Dutch: `language`
    decides, without it the answer is None.

    >>> hours_in_words("lun-ven 9h-12h"), hours_in_words("ma-vr 9-12u")
    ('Mo-Fr 09:00-12:00', 'Mo-Fr 09:00-12:00')
    >>> hours_in_words("9h à 12h et 13h30 à 17h du lundi au vendredi, fermé le mercredi")
    'Mo-Tu,Th-Fr 09:00-12:00,13:30-17:00'
    >>> hours_in_words("quand il y a quelqu'un") is None
    True
    """
    if not text.strip() or len(text) > MAX_LENGTH:
        return None
    hours = parse(text)
    if hours is not None and not hours.mended:
        return " ".join(text.split())
    found: dict[str, str] = {}
    for each in (language,) if language in _NAMES else _NAMES:
        try:
            understood = _understand(text, each)
        except _NotUnderstoodError:
            continue
        if parse(understood) is not None:
            found[each] = understood
    if not found and hours is not None:
        return hours.mended
    # The words for "by appointment" differ by language, the hours must not.
    plain = {re.sub(r'"[^"]*"', '""', understood) for understood in found.values()}
    return next(iter(found.values())) if len(plain) == 1 else None


def _understand(text: str, language: str) -> str:
    tokens = _tokens(text, language)
    appointment, tokens = _appointment(tokens)
    comment = f'"{_APPOINTMENT[language][1]}"'
    items = _items(tokens)
    if not items:
        if appointment:
            return comment
        raise _NotUnderstoodError
    if [item.kind for item in items] in (["always"], ["days", "always"], ["always", "days"]):
        days = [day for item in items for day in item.value]
        if not days or days == list(range(7)):
            return "24/7"
    week = _week(items)
    rules = [f"{days} {spans}" for days, spans in _rules(week)]
    if not rules:
        raise _NotUnderstoodError
    if appointment == "during":
        rules = [f"{rule} {comment}" for rule in rules]
    if HOLIDAYS in week.closed:
        rules.append("PH off")
    return "; ".join(rules) + (f" || {comment}" if appointment == "else" else "")


@lru_cache(maxsize=8)
def _pattern(language: str) -> re.Pattern[str]:
    days = "|".join(
        f"(?P<d{number}>{'|'.join(sorted(names, key=len, reverse=True))})"
        for number, names in enumerate(_NAMES[language])
    )
    until, joins = _UNTIL[language], _JOINS[language]
    parts = (
        rf"(?P<appointment>{_ONLY}{_APPOINTMENT[language][0]}(?:\s+(?:uniquement|only))?)",
        r"(?P<always>24\s*[hu]?\s*/\s*(?:24|7)(?:\s*[,-]?\s*7\s*[jd]?\s*/\s*7)?)\b",
        (
            r"(?P<daily>tous\s+les\s+jours|chaque\s+jour|elke\s+dag|alle\s+dagen|dagelijks"
            r"|every\s*day|daily|7\s*[jd]?\s*/\s*7)\b"
        ),
        r"(?P<weekdays>en\s+semaine|jours\s+ouvres|(?:op\s+)?weekdagen|doordeweeks|weekdays)\b",
        r"(?P<weekend>(?:le\s+|in\s+het\s+)?week-?ends?)\b",
        r"(?P<holidays>(?:les\s+)?jours?\s+feries?|feestdag(?:en)?|(?:public|bank)\s+holidays?)\b",
        r"(?P<closed>fermee?s?|fermeture|gesloten|closed|dicht)\b",
        r"(?P<sauf>sauf|excepte|behalve|uitgezonderd|except)\b",
        (
            r"(?P<part>(?:'?s\s+)?(?:apres-midi|matin(?:ee)?|soir(?:ee)?|voormiddags?|namiddags?"
            r"|avonds?|ochtends?|morgens|middags|mornings?|afternoons?|evenings?))\b"
        ),
        r"(?P<noon>midi|noon|12\s+uur\s+'?s\s+middags)\b",
        r"(?P<midnight>minuit|middernacht|midnight)\b",
        (
            r"(?P<h>\d{1,2})\s*(?:(?:h(?:eures?|rs?)?|u(?:ur)?)\b\s*(?!\d)|(?:h|u|:|\.)\s*(?P<m>[0-5]\d)(?!\d)\s*"
            r"(?:(?:u(?:ur)?|h)\b)?)?\s*(?P<half>[ap]\.?m\b\.?)?(?![\d])"
        ),
        rf"(?P<day>\b(?:{days})s?\b\.?)",
        rf"(?P<until>[-–—>→]+|\b(?:{until})\b\.?)",  # noqa: RUF001
        rf"(?P<join>[,&+/]|\b(?:{joins})\b)",
        r"(?P<part_end>[;|\n]|\.(?!\d))",
        rf"(?P<filling>[:()]|\b(?:{_FILLING[language]})\b)",
        r"(?P<space>\s+)",
    )
    return re.compile("|".join(parts))


_SIMPLE = {
    "appointment": _Token("appointment"),
    "always": _Token("always"),
    "daily": _Token("days", tuple(range(7))),
    "weekdays": _Token("days", tuple(range(5))),
    "weekend": _Token("days", (5, 6)),
    "holidays": _Token("days", (HOLIDAYS,)),
    "closed": _Token("closed"),
    "sauf": _Token("except"),
    "part": _Token("part"),
    "noon": _Token("time", (12 * 60,)),
    "midnight": _Token("time", (_DAY_MIN,)),
    "until": _Token("until"),
    "join": _Token("join"),
    "part_end": _Token("end"),
}


def _tokens(text: str, language: str) -> list[_Token]:
    folded = fold(text).replace("\u2019", "'").strip()
    # "between 9 and 12" is "9 - 12"; "from 9 on" has no end and is not understood.
    folded = re.sub(
        r"\b(?:entre|tussen|between)\s+(\d[\w:.]*)\s+(?:et|en|and)\s+(?=\d)", r"\1-", folded
    )
    pattern, found, at = _pattern(language), [], 0
    while at < len(folded):
        match = pattern.match(folded, at)
        if match is None or match.end() == at:
            raise _NotUnderstoodError
        at = match.end()
        token = _token(match)
        if token is not None:
            found.append(token)
    return found


def _token(match: re.Match[str]) -> _Token | None:
    groups: Mapping[str, str | None] = match.groupdict()
    if groups["h"] is not None:
        return _Token("time", (_minutes(groups["h"], groups["m"], groups["half"]),))
    if groups["day"] is not None:
        return _Token("days", tuple(n for n in range(7) if groups[f"d{n}"] is not None))
    kind = match.lastgroup or ""
    return _SIMPLE.get(kind)


def _minutes(hour: str, minute: str | None, half: str | None) -> int:
    value = int(hour) * 60 + int(minute or 0)
    if half is not None:
        if not 1 <= int(hour) <= 12:  # noqa: PLR2004 - a clock face
            raise _NotUnderstoodError
        value = value % (12 * 60) + (12 * 60 if half.startswith("p") else 0)
    if value > _DAY_MIN:
        raise _NotUnderstoodError
    return value


def _appointment(tokens: list[_Token]) -> tuple[str, list[_Token]]:
    """Take the appointment out: "during" the hours, or "else", beside them."""
    at = [n for n, token in enumerate(tokens) if token.kind == "appointment"]
    if not at:
        return "", tokens
    if len(at) > 1 or at[0] not in (0, len(tokens) - 1):
        raise _NotUnderstoodError
    before = tokens[at[0] - 1].kind if at[0] else ""
    if before == "part":
        raise _NotUnderstoodError
    rest = [token for n, token in enumerate(tokens) if n != at[0]]
    while rest and rest[-1].kind in ("join", "end"):
        rest.pop()
    return "else" if before in ("join", "end") else "during", rest


def _items(tokens: list[_Token]) -> list[_Token]:
    """Put days and times together: "lun", "-", "ven" is one item, "9", "-", "12" another."""
    items: list[_Token] = []
    at = 0
    while at < len(tokens):
        token, kinds = tokens[at], [each.kind for each in tokens[at : at + 4]]
        if token.kind == "days":
            days, at = _day_set(tokens, at)
            items.append(_Token("days", days))
        elif kinds[:3] == ["time", "until", "time"]:
            items.append(_Token("span", (*token.value, *tokens[at + 2].value)))
            at += 3
        elif token.kind == "part":
            beside = (tokens[at - 1].kind if at else "", kinds[1] if len(kinds) > 1 else "")
            if "time" not in beside:
                raise _NotUnderstoodError
            at += 1
        elif token.kind in ("join", "end") or (
            token.kind == "until" and items and items[-1].kind == "days" and kinds[1:2] == ["time"]
        ):
            at += 1
        elif token.kind in ("closed", "except", "always"):
            items.append(token)
            at += 1
        else:
            raise _NotUnderstoodError
    return items


def _day_set(tokens: list[_Token], at: int) -> tuple[tuple[int, ...], int]:
    days: dict[int, None] = {}
    while at < len(tokens) and tokens[at].kind == "days":
        kinds = [each.kind for each in tokens[at : at + 3]]
        first = tokens[at].value
        if kinds == ["days", "until", "days"]:
            last = tokens[at + 2].value
            if len(first) != 1 or len(last) != 1 or HOLIDAYS in (*first, *last):
                raise _NotUnderstoodError
            days |= dict.fromkeys((first[0] + n) % 7 for n in range((last[0] - first[0]) % 7 + 1))
            at += 3
        else:
            days |= dict.fromkeys(first)
            at += 1
        if [each.kind for each in tokens[at : at + 2]] == ["join", "days"]:
            at += 1
    return tuple(days), at


def _week(items: list[_Token]) -> _Week:
    week = _Week()
    first = next((item.kind for item in items if item.kind in ("days", "span", "always")), "")
    days_first = first == "days"
    at = 0
    while at < len(items):
        item = items[at]
        following = items[at + 1] if at + 1 < len(items) else _Token("")
        if item.kind == "closed" and following.kind == "days" and (week.filled or not week.current):
            week.closed.update(following.value)
            at += 1
        elif item.kind == "closed" and week.current and not week.filled:
            week.closed.update(week.current)
            week.current = []
        elif item.kind == "except" and following.kind == "days":
            _leave_out(week, following.value)
            at += 1
        elif item.kind == "days":
            _begin_days(week, item.value, days_first=days_first)
        elif item.kind in ("span", "always"):
            span = _span(item)
            if days_first:
                _fill(week, [span])
            else:
                week.waiting.append(span)
        else:
            raise _NotUnderstoodError
        at += 1
    if week.waiting or (week.current and not week.filled):
        raise _NotUnderstoodError
    return week


def _begin_days(week: _Week, days: Iterable[int], *, days_first: bool) -> None:
    if week.current and not week.filled:
        raise _NotUnderstoodError
    week.current, week.filled = list(days), False
    if not days_first:
        if not week.waiting:
            raise _NotUnderstoodError
        spans, week.waiting = week.waiting, []
        _fill(week, spans)


def _leave_out(week: _Week, days: Iterable[int]) -> None:
    if not week.current:
        raise _NotUnderstoodError
    for day in days:
        if week.filled:
            week.spans.pop(day, None)
    week.closed.update(day for day in days if day == HOLIDAYS)
    if week.filled:
        week.current = list(days)
    else:
        week.current = [day for day in week.current if day not in set(days)]


def _fill(week: _Week, spans: list[tuple[int, int]]) -> None:
    if not week.current:
        raise _NotUnderstoodError
    for day in week.current:
        week.spans.setdefault(day, []).extend(spans)
    week.filled = True


def _span(item: _Token) -> tuple[int, int]:
    if item.kind == "always":
        return 0, _DAY_MIN
    start, end = item.value
    end = end or _DAY_MIN
    overnight = start >= _EVENING_MIN and end <= _NIGHT_ENDS_MIN
    if start < _MORNING_MIN or start >= _DAY_MIN or (end <= start and not overnight):
        raise _NotUnderstoodError
    return start, end


def _rules(week: _Week) -> list[tuple[str, str]]:
    by_spans: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for day in sorted(set(week.spans) - week.closed):
        spans = tuple(sorted(set(week.spans[day])))
        if any(a[1] > b[0] for a, b in itertools.pairwise(spans)):
            raise _NotUnderstoodError
        by_spans.setdefault(spans, []).append(day)
    return [
        (_days(days), ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans))
        for spans, days in by_spans.items()
    ]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _days(days: list[int]) -> str:
    parts: list[list[int]] = []
    for day in days:
        if parts and day == parts[-1][-1] + 1 and day != HOLIDAYS:
            parts[-1].append(day)
        else:
            parts.append([day])
    names = (*DAYS, "PH")
    return ",".join(
        names[run[0]] if len(run) == 1 else f"{names[run[0]]}-{names[run[-1]]}" for run in parts
    )
