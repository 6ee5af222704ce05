"""The forms what a planner sees leaves in: one registry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from exchange.export import FORMATS
from exchange.planning.described import Described
from exchange.planning.words import Words
from geo.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form: the ending of its files, what writes one, and what tells that it cannot.

    `check` raises a PleinError where something is missing, before anybody asks for a file.
    """

    id: str
    title: str
    ending: str
    media_type: str
    write: Callable[[Described, Words], bytes]
    check: Callable[[], object] = lambda: None


def _csv(described: Described, words: Words) -> bytes:
    from exchange.planning.tables import csv_files  # noqa: PLC0415 - openpyxl is slow to import

    return csv_files(described, words)


def _xlsx(described: Described, words: Words) -> bytes:
    from exchange.planning.tables import xlsx_file  # noqa: PLC0415

    return xlsx_file(described, words)


def _geopackage(described: Described, words: Words) -> bytes:
    from exchange.planning.layers import geopackage_file  # noqa: PLC0415

    return geopackage_file(described, words)


def _report(described: Described, words: Words) -> bytes:
    from exchange.planning.report.pages import report_file  # noqa: PLC0415

    return report_file(described, words)


def _typefaces() -> None:
    from exchange.paper.fonts import face  # noqa: PLC0415

    face("regular")
    face("bold")


FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        form.id: form
        for form in (
            Form(
                id="pdf",
                title=N_("Report to print (PDF)"),
                ending="pdf",
                media_type="application/pdf",
                write=_report,
                check=_typefaces,
            ),
            Form(
                id="xlsx",
                title=FORMATS["xlsx"].title,
                ending="xlsx",
                media_type=FORMATS["xlsx"].media_type,
                write=_xlsx,
            ),
            Form(
                id="csv",
                title=N_("Tables (CSV, zipped)"),
                ending="csv.zip",
                media_type="application/zip",
                write=_csv,
            ),
            Form(
                id="gpkg",
                title=FORMATS["gpkg"].title,
                ending="gpkg",
                media_type=FORMATS["gpkg"].media_type,
                write=_geopackage,
            ),
        )
    }
)
"""The forms by id, in the order they are offered; titles are message ids."""
