"""Files of figures for the page: codes of the register, values drawn for the test."""

import csv
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, expect

from exchange.settings import ROOT
from tests.browser.screen import give_file, say

REGISTER: Final = ROOT / "data" / "sectors" / "register.csv"
STATBEL: Final = "CD_REFNIS|CD_SECTOR|TOTAL|DT_STRT_SECTOR|TX_DESCR_SECTOR_NL|TX_DESCR_SECTOR_FR"


def codes() -> list[str]:
    """Every sector of the register."""
    with REGISTER.open(encoding="utf-8") as stream:
        return [row["code"] for row in csv.DictReader(stream)]


def districts() -> list[str]:
    """Every monitoring district of the register."""
    with REGISTER.open(encoding="utf-8") as stream:
        return sorted({row["district"] for row in csv.DictReader(stream)} - {""}, key=int)


def people(seed: int, *, without: int = 0) -> dict[str, int]:
    """Inhabitants by sector, drawn; the last ones are left out."""
    told = codes()
    kept = told[: len(told) - without]
    drawn = np.random.default_rng(seed).lognormal(7, 0.7, len(kept))
    return {code: round(n) for code, n in zip(kept, drawn.tolist(), strict=True)}


def array(values: Sequence[float]) -> NDArray[np.float64]:
    """Values as the classes take them."""
    return np.array(values, dtype=np.float64)


def statbel(values: Mapping[str, int]) -> bytes:
    """A file of the form of Statbel's population by sector."""
    lines = [f"{code[:5]}|{code}|{n}|2003-01-01|A|B" for code, n in values.items()]
    return "\n".join([STATBEL, *lines, "11002|11002A00-|9|2003-01-01|A|B"]).encode()


def table(header: str, cells: Mapping[str, object] | Sequence[tuple[str, object]]) -> bytes:
    """A CSV of codes and figures."""
    pairs = cells.items() if isinstance(cells, Mapping) else cells
    return "\n".join([header, *(f"{code};{cell}" for code, cell in pairs)]).encode()


def keyed(page: Page, name: str) -> Locator:
    """A widget of a file under way, by the part of its key that is ours."""
    return page.locator(f'[class*="st-key-figures_{name}"]')


def button(page: Page, language: str, label: str) -> Locator:
    """A button by its label."""
    return page.get_by_role("button", name=say(language)(label), exact=True)


def give(page: Page, language: str, content: bytes, name: str) -> None:
    """Give a file and have it read."""
    give_file(page, button(page, language, "Read the file"), content, name)


def check(page: Page, language: str) -> None:
    """Say that the guess is right."""
    button(page, language, "This is right: check every row").click()
    expect(page.get_by_test_id("stMetric")).to_have_count(4)


def sourced(page: Page, language: str) -> None:
    """Go on to the names and the source."""
    button(page, language, "Go on: names and source").click()
    expect(keyed(page, "fr_")).to_be_visible()


def write(page: Page, name: str, text: str) -> None:
    """Fill a field."""
    field = keyed(page, name).get_by_role("textbox")
    field.fill(text)
    field.press("Tab")


def sign(page: Page, name: str = "Amina") -> None:
    """Give one's name."""
    field = page.locator(".st-key-author").get_by_role("textbox")
    field.fill(name)
    field.press("Enter")


def day(page: Page, digits: str = "20112025") -> None:
    """Say when the file was taken from its source: day, month, year."""
    keyed(page, "day_").get_by_role("spinbutton").first.click()
    page.keyboard.type(digits)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def keep(page: Page, language: str) -> None:
    """Keep the figure."""
    press = button(page, language, "Keep this figure")
    expect(press).to_be_enabled()
    press.click()
    expect(keyed(page, "kept_box")).to_be_visible()
