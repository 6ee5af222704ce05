"""Whether a poster fits its paper, and what would help where it does not."""

from dataclasses import dataclass
from typing import Literal

from exchange.poster.sheet import Paper
from geo.errors import N_, BadInputError


@dataclass(frozen=True, kw_only=True)
class Help:
    """Something that was tried and makes the poster fit: larger paper, more pages, less told."""

    kind: Literal["paper", "pages", "details"]
    paper: Paper
    pages: int
    details: frozenset[str]


class TooMuchError(BadInputError):
    """More than the sheet holds; `helps` are what was tried and fits."""

    def __init__(self, helps: tuple[Help, ...], **told: object) -> None:
        """Tell how many places do not fit on which paper."""
        super().__init__(
            N_("{count} places do not fit on {paper} with text that can be read."), **told
        )
        self.helps = helps


@dataclass(frozen=True, kw_only=True)
class Fit:
    """Whether a poster fits a paper, and how; or what would help."""

    fits: bool
    scale: int = 0
    type_pt: float = 0.0
    pages: int = 0
    streets_index: bool = False
    helps: tuple[Help, ...] = ()
