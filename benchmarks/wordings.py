"""Write docs/hours.md, the table of hours and 60 wordings: `python -m benchmarks.wordings`."""

import re
import sys
from collections.abc import Callable, Iterator
from datetime import date

from benchmarks.figures import Figure
from benchmarks.hours import figures, library_alone, read_texts
from benchmarks.installation import official_data
from directory import hours
from directory.hours_mending import mend
from exchange.settings import ROOT
from geo.errors import PleinError
from ui.hours_rules import hours_told, rules_in_words

PAGE = ROOT / "docs" / "hours.md"
WEEK_FROM = date(2026, 11, 23)
"""The week told where a rule is not."""

_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b")
_COMMENT = re.compile('"')


def _has(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.search(text) is not None


def _mended(text: str) -> bool:
    return mend(text) not in (None, text)


KINDS: tuple[tuple[str, int, Callable[[str], bool]], ...] = (
    ("Not understood", 2, lambda text: hours.parse(text) is None),
    ("Refused by the library, mended", 4, lambda text: library_alone(text) is None),
    ("Days with a space after their comma, mended", 4, _mended),
    ("Not told as a rule: the week", 4, lambda text: not rules_in_words(text, "en")),
    ("School holidays", 3, _has(r"\bSH\b")),
    ("Days of the month", 4, _has(r"\w\w\[")),
    ("Parts of the year", 8, lambda text: _MONTH.search(text) is not None and '"' not in text),
    ("By appointment, otherwise", 2, _has(r"\|\|")),
    ("Comments", 8, lambda text: _COMMENT.search(text) is not None),
    ("Open end", 4, _has(r"\d\+")),
    ("Unknown, always", 1, _has(r"\bunknown\b")),
    ("Nights", 3, _has(r"-0[0-5]:\d\d")),
    ("Public holidays", 5, _has(r"\bPH\b")),
    ("Closed days", 3, _has(r"\b(?:off|closed)\b")),
    ("Plain weeks", 5, _has(r"^[A-Z]")),
)
"""What is looked for, in this order, and how many of it: 60 in all."""


def choose(texts: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Choose texts of every kind, evenly spread over the file."""
    taken: set[str] = set()
    for kind, count, fits in KINDS:
        found = [text for text in texts if text not in taken and fits(text)]
        step = max(1, len(found) // count)
        chosen = found[step // 2 :: step][:count]
        taken.update(chosen)
        yield kind, chosen


def write_page(texts: list[str], measured: list[Figure]) -> str:
    """Write the page in Markdown."""
    lines = [
        "# Opening hours",
        "",
        "Made by `python -m benchmarks.wordings` from the values seen in Brussels (OpenStreetMap,",
        "ODbL): not by hand. opening-hours-py decides; `directory/hours_mending.py` mends plain",
        "slips first, `directory/hours_rules.py` reads the rules and has them evaluated for a year",
        "beside the text, `ui/hours_rules.py` tells them.",
        "",
        "| figure | value | goal | the library alone |",
        "|---|---:|---|---:|",
    ]
    lines += [
        f"| {each.figure} | {_number(each.value)} {each.unit} | {each.goal} "
        f"| {'' if each.peer_value is None else _number(each.peer_value)} |"
        for each in measured
    ]
    rest = [text for text in texts if hours.parse(text) is None]
    lines += ["", f"What stays as written, with “please call first”: {_listed(rest)}.", ""]
    number = 0
    for kind, chosen in choose(texts):
        lines += [f"## {kind}", "", "| | OpenStreetMap | fr | nl | en |", "|--:|---|---|---|---|"]
        for text in chosen:
            number += 1
            told = (hours_told(text, WEEK_FROM, language) for language in ("fr", "nl", "en"))
            cells = (f"`{text}`".replace("|", "\\|"), *(_cell(each) for each in told))
            lines.append(f"| {number} | {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}"


def _listed(texts: list[str]) -> str:
    return ", ".join(f"`{text}`" for text in texts)


def _cell(told: str) -> str:
    return told.replace("|", "\\|")


def main() -> int:
    """Measure, choose and write."""
    try:
        texts = read_texts(official_data())
    except PleinError as error:
        print(f"plein: {error}", file=sys.stderr)
        return 2
    PAGE.write_text(write_page(texts, list(figures())), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
