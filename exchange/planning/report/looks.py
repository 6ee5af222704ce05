"""How the report looks: paper, letters, colours; sizes in points, our choices by eye on paper."""

from typing import Final

from reportlab.lib.pagesizes import A4

from exchange.paper.text import INK, Style

SHORT_PT: Final = float(A4[0])
LONG_PT: Final = float(A4[1])
SIDE_PT: Final = 48.0
TOP_PT: Final = 44.0
BOTTOM_PT: Final = 52.0
"""White at the sides, above, and below with the foot in it."""
FOOT_PT: Final = 28.0
"""The baseline of the foot, above the edge."""

SOFT: Final = "#4f5d5c"
"""`ink-soft` of layers/palette.json: 6.9:1 on white."""
ACCENT: Final = "#0b5d66"
"""`accent` of the same: 7.4:1."""
RULE: Final = "#8a9290"
HAIR: Final = "#d3d6d3"

TITLE: Final = Style(22, "bold", leading=1.15)
HEADING: Final = Style(14, "bold", ACCENT, leading=1.2)
LEAD: Final = Style(11, leading=1.35)
BODY: Final = Style(10, leading=1.35)
LABEL: Final = Style(9, colour=SOFT, leading=1.35)
ANSWER: Final = Style(10, leading=1.25)
NOTE: Final = Style(9, colour=SOFT, leading=1.3)
CELL: Final = Style(8.5, leading=1.22)
UNKNOWN: Final = Style(8.5, colour=SOFT, leading=1.22)
HEAD: Final = Style(8.5, "bold", leading=1.18)
KEY: Final = Style(9, leading=1.25)
KEY_HEAD: Final = Style(8.5, colour=SOFT, leading=1.25)
FOOT: Final = Style(8, colour=SOFT)
MARK: Final = Style(8, "bold", INK)
TOWN: Final = Style(8, colour="#3b4442")
OUTLINED: Final = Style(8.5, "bold", INK)

LONGEST_TEXT: Final = 6_000
"""Characters of a paragraph: more than a page (our choice)."""
