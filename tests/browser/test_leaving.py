"""What a planner sees leaves in four forms, in the reader's language."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pyogrio
import pypdf
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener
from tests.browser.screen import PHONE

pytestmark = pytest.mark.browser
SAID = {
    "fr": ("Emporter", "Méthode", "À propos de ce fichier"),
    "nl": ("Meenemen", "Methode", "Over dit bestand"),
}


def opened(page: Page, label: str) -> None:
    """Open the panel once the list above it stands."""
    page.locator(".plein-rank").first.wait_for()
    page.get_by_role("button", name=label).click()


def taken(page: Page, form: str, folder: Path) -> Path:
    """Press the button of a form and keep its file."""
    with page.expect_download() as download:
        page.locator(f".st-key-leaving_gaps_{form} button").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_all_four_forms_leave(
    near_app: str, open_page: Opener, tmp_path: Path, language: str
) -> None:
    label, method, about = SAID[language]
    page = open_page(f"{near_app}/gaps", locale=f"{language}-BE")
    opened(page, label)
    report = pypdf.PdfReader(taken(page, "pdf", tmp_path))
    assert report.trailer["/Root"]["/Lang"] == language  # type: ignore[index]
    assert method in "\n".join(one.extract_text() for one in report.pages)
    book = openpyxl.load_workbook(taken(page, "xlsx", tmp_path))
    assert book.sheetnames[-1] == about
    assert max(sheet.max_row for sheet in book) == 725, "a row a sector, and the head"
    with zipfile.ZipFile(io.BytesIO(taken(page, "csv", tmp_path).read_bytes())) as archive:
        assert "about.csv" in archive.namelist()
    layers = dict(pyogrio.list_layers(taken(page, "gpkg", tmp_path)))
    assert "MultiPolygon" in layers.values()


def test_files_are_dated_and_reached_by_thumb(
    near_app: str, open_page: Opener, tmp_path: Path
) -> None:
    page = open_page(f"{near_app}/gaps", locale="en-GB", size=PHONE)
    opened(page, "Take along")
    path = taken(page, "csv", tmp_path)
    assert path.name.startswith("plein-gaps-20")
    assert path.name.endswith(".csv.zip")
