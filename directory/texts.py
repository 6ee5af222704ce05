"""A text in several languages, and which one a person gets."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, RootModel, StringConstraints

from geo.errors import N_, BadInputError

LANGUAGES = ("fr", "nl", "en")
"""The languages the screens speak."""
UNDETERMINED = "und"
"""ISO 639 for a name whose language nobody said: the sign on the door."""

_CODE = re.compile(r"[a-z]{2}")
TextValue = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Record(BaseModel):
    """A frozen, validated record: what is not declared is refused, never dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        """Return itself: pydantic copies a default for each record, and nothing here can change."""
        return self


def _known_code(value: dict[str, TextValue]) -> dict[str, TextValue]:
    for code in value:
        if code != UNDETERMINED and not _CODE.fullmatch(code):
            raise BadInputError(
                N_("Expected a two-letter ISO 639-1 language code, found “{code}”."), code=code
            )
    return value


class Texts(RootModel[Annotated[dict[str, TextValue], AfterValidator(_known_code)]]):
    """One text by language; may be empty.

    >>> Texts({"fr": "Rue Haute", "nl": "Hoogstraat"}).best("nl")
    'Hoogstraat'
    >>> Texts({"fr": "Rue Haute"}).best("en")
    'Rue Haute'
    """

    model_config = ConfigDict(frozen=True)
    root: Annotated[dict[str, TextValue], AfterValidator(_known_code)] = {}

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        """Return itself, as a record does."""
        return self

    def __bool__(self) -> bool:
        return bool(self.root)

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]
        return iter(self.root)

    def values(self) -> list[str]:
        """Every wording, whatever its language."""
        return list(self.root.values())

    def best(self, language: str) -> str:
        """The wording for a reader of `language`: theirs, the door's, then fr, nl, en, any."""
        order = (language, UNDETERMINED, *LANGUAGES)
        for code in order:
            if code in self.root:
                return self.root[code]
        return next(iter(self.root.values()), "")

    def best_language(self, language: str) -> str | None:
        """The code of the wording `best` returns, None where there is none."""
        for code in (language, UNDETERMINED, *LANGUAGES):
            if code in self.root:
                return code
        return next(iter(self.root), None)
