"""The addresses of a local map, asked by a real client."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.screen import say
from tests.records import atlas
from tests.ui.plan.records import EVIL, hostile, local_map, some
from tests.ui.plan.serving import ask, serving

MAPS = {
    "links": local_map(languages=("fr", "nl", "ar")),
    "weg": local_map(id="weg", neighbourhood_id="weg"),
    "leeg": local_map(id="leeg", categories=["police"]),
    "kwaad": local_map(
        id="kwaad",
        titles={"fr": EVIL[0] + EVIL[1], "nl": EVIL[2]},
        introductions={"fr": EVIL[1]},
        makers=[{"name": EVIL[3]}],
        with_actors=["evil-0"],
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    with serving(MAPS, atlas(*some(), *hostile()), home) as address:
        yield address


def test_the_page_is_read_without_a_script(site: str) -> None:
    answer = ask(f"{site}/plan/links?lang=fr")
    assert answer.status == 200
    text = answer.text
    for told in ("Les Gauches", "Qui aide ?", "Relais Les Gauches", "Bibliothèque", "Maisons méd"):
        assert told in text
    assert 'href="tel:+3225110000"' in text
    assert "17:00</p>" in text
    assert "999" not in re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert '<html lang="fr" dir="ltr">' in text


@pytest.mark.parametrize(
    ("asked", "browser", "language"),
    [
        ("?lang=nl", "fr-BE", "nl"),
        ("", "nl-BE,nl;q=0.9", "nl"),
        ("", "de, en;q=0.8", "en"),
        ("?lang=xx", "", "fr"),
        ("?lang=ar", "", "ar"),
        ("?lang=<script>", "<b>", "fr"),
    ],
)
def test_it_speaks_the_language_asked_for(
    site: str, asked: str, browser: str, language: str
) -> None:
    text = ask(f"{site}/plan/links{asked.replace('<', '%3C')}", accept_language=browser).text
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in text


def test_who_has_it_already_is_told_so(site: str) -> None:
    first = ask(f"{site}/plan/links", accept_encoding="gzip")
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["vary"] == "Accept-Encoding, Accept-Language"
    again = ask(f"{site}/plan/links", if_none_match=first.headers["etag"])
    assert (again.status, again.content) == (304, b"")
    assert ask(f"{site}/plan/links?lang=nl", if_none_match=first.headers["etag"]).status == 200
    plain = ask(f"{site}/plan/links")
    assert gzip.decompress(first.content) == plain.content


@pytest.mark.parametrize(
    ("language", "told"), [("fr", "Cette carte"), ("nl", "Deze kaart bestaat niet")]
)
@pytest.mark.parametrize("path", ["nobody", "nobody/embed", "nobody/file.html", "..%2Fetc"])
def test_what_is_not_there_is_said_in_words(site: str, path: str, language: str, told: str) -> None:
    answer = ask(f"{site}/plan/{path}", accept_language=language)
    if "%2F" in path:
        assert answer.status == 404
        return
    assert answer.status == 404
    assert told in answer.text
    up = "../" if "/" not in path else "../../"
    assert f'href="{up}?lang={language}"' in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_only_the_embed_may_be_framed(site: str) -> None:
    policies = {
        path: ask(f"{site}/plan/links{path}").headers["content-security-policy"]
        for path in ("", "/embed", "/file.html")
    }
    assert "frame-ancestors" not in policies["/embed"]
    assert "frame-ancestors 'self'" in policies[""]
    assert "frame-ancestors 'self'" in policies["/file.html"]


def test_an_embed_leads_out_in_its_own_window(site: str) -> None:
    text = ask(f"{site}/plan/links/embed?lang=en").text
    assert 'href="../../plan/links?lang=en" target="_blank" rel="noopener"' in text


def test_an_empty_map_and_one_without_a_neighbourhood_say_so(site: str) -> None:
    assert say("fr")("Nobody is on this map yet.") in ask(f"{site}/plan/leeg").text
    gone = ask(f"{site}/plan/weg")
    assert gone.status == 200
    assert "Le quartier de cette carte" in gone.text


@pytest.mark.parametrize("path", ["", "/embed", "/file.html"])
def test_hostile_names_are_words(site: str, path: str) -> None:
    text = ask(f"{site}/plan/kwaad{path}?lang=fr").text
    assert "<img src=x" not in text
    assert "<script>window" not in text
    assert 'onmouseover="window' not in text
    assert "&lt;img src=x onerror=window.ran=1&gt;" in text
    assert ">49<" not in text
    assert "7*7}}" in text


def test_without_a_basemap_there_is_no_ground(site: str) -> None:
    answer = ask(f"{site}/plan/links/ground.json?v=1")
    assert json.loads(answer.content) is None
    assert answer.headers["cache-control"] == "no-cache"


def test_a_file_is_saved_under_the_name_of_the_map(site: str) -> None:
    answer = ask(f"{site}/plan/links/file.html?lang=nl")
    assert answer.headers["content-disposition"] == 'attachment; filename="links.html"'
    assert '<html lang="nl"' in answer.text


def test_a_size_for_an_old_phone(site: str, built: Path) -> None:
    """Page, style and script of a map, compressed: its own bundle is a third of the great one."""
    sizes = {
        name: len(gzip.compress((built / name).read_bytes())) for name in ("plan.js", "plan.css")
    }
    assert sizes["plan.js"] < 60_000
    assert sizes["plan.css"] < 12_000
    assert len(ask(f"{site}/plan/links", accept_encoding="gzip").content) < 20_000
