"""Editions and logos of a local map, from a real store by a real client."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from directory.actors import Status
from directory.atlas import Atlas
from directory.clock import today
from directory.commands import Author, Commands
from directory.local_maps.editions import EditionFile, EditionLine, Editions
from directory.local_maps.logos import keep_logo
from directory.store import Kind, Store, upgrade
from tests.drawn import grid_territory
from tests.records import LEFT, PARTNER, RELAY, actor, at
from tests.ui.plan.records import local_map
from tests.ui.plan.serving import ask, serving_store
from ui.plan.kept import edition_address, editions_of

BY = Author("Test")
PNG = b"\x89PNG\r\n\x1a\n"
DAY = date(2026, 11, 20)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    address = f"sqlite:///{tmp_path / 'plein.db'}"
    upgrade(address)
    found = Store(address)
    logo = keep_logo(found, PNG)
    told = local_map(makers=[{"name": "Huis", "logo": logo}])
    draft = local_map(id="klad", status=Status.DRAFT)
    who = actor("wie", names={"fr": "Qui"}, places=(at(0.5, 0.5),))
    Commands(found).save([LEFT, PARTNER, RELAY, who, told, draft], by=BY)
    yield found
    found.close()


@pytest.fixture
def site(store: Store, tmp_path: Path) -> Iterator[str]:
    with serving_store(store, tmp_path) as address:
        yield address


def publish(store: Store, *, placed: bool = True) -> None:
    told, version = store.directory().local_maps["links"], store.directory().actors["wie"].version
    line = EditionLine(
        number=1, actor_id="wie", names={"fr": "Qui"}, version=version, placed=placed
    )
    files = [
        EditionFile(name="plan.html", media_type="text/html", content=b"<!DOCTYPE html>kept"),
        EditionFile(name="A3 fr.pdf", media_type="application/pdf", content=b"%PDF-kept"),
    ]
    Editions(store).publish(told, [line], files, day=DAY, by=BY)


def test_an_edition_is_reached_with_the_same_bytes(store: Store, site: str) -> None:
    publish(store)
    page = ask(f"{site}/plan/links?lang=nl").text
    assert 'href="../plan/links/editions/1?lang=nl">20 november 2026</a>' in page
    assert 'href="../plan/links/editions/1/A3%20fr.pdf"' in page
    kept = ask(f"{site}/plan/links/editions/1/plan.html")
    assert (kept.content, kept.headers["content-type"]) == (
        b"<!DOCTYPE html>kept",
        "text/html; charset=utf-8",
    )
    sheet = ask(f"{site}/plan/links/editions/1/A3%20fr.pdf", accept_encoding="gzip")
    assert (sheet.content, sheet.headers["content-type"]) == (b"%PDF-kept", "application/pdf")


def test_its_page_tells_what_is_different_today(store: Store, site: str) -> None:
    publish(store)
    address = f"{site}/plan/links/editions/1?lang=en"
    page = ask(address).text
    assert "<b>Edition 1, 20 November 2026</b>" in page
    assert 'href="../../../plan/links/editions/1/plan.html?lang=en">Web page</a>' in page
    assert 'href="../../../plan/links/editions/1/A3%20fr.pdf?lang=en">A3 fr.pdf</a>' in page
    assert "since" not in page
    told = store.directory().actors["wie"].model_copy(update={"hours": "24/7"})
    Commands(store).save([told], by=BY)
    assert "Changed since: 1" in ask(address).text
    Commands(store).archive(Kind.ACTOR, "wie", by=BY)
    page = ask(address).text
    assert "No longer there since: 1" in page
    assert "Changed since" not in page
    assert "newer edition" not in page
    publish(store)
    assert "There is a newer edition, of 20 November 2026." in ask(address).text


def test_it_is_reached_when_its_map_is_out_of_sight(store: Store, site: str) -> None:
    publish(store)
    Commands(store).archive(Kind.LOCAL_MAP, "links", by=BY)
    assert ask(f"{site}/plan/links").status == 404
    assert ask(f"{site}/plan/links/editions/1/plan.html").content == b"<!DOCTYPE html>kept"
    page = ask(f"{site}/plan/links/editions/1?lang=nl").text
    assert "20 november 2026" in page
    assert 'href="../../../plan/links?' not in page


def test_an_edition_that_shows_what_became_secret_is_not_shown(store: Store, site: str) -> None:
    publish(store)
    hidden = store.directory().actors["wie"].model_copy(update={"secret_place": True})
    Commands(store).save([hidden], by=BY)
    answer = ask(f"{site}/plan/links/editions/1/plan.html", accept_language="en")
    assert answer.status == 410
    assert "This edition is not shown any more" in answer.text
    assert b"html>kept" not in answer.content
    assert 'href="../../../../?lang=en"' in answer.text
    assert 'href="../../../../plan/links?lang=en"' in answer.text
    assert ask(f"{site}/plan/links/editions/1", accept_language="en").status == 410
    publish(store, placed=False)
    told = ask(f"{site}/plan/links/editions/1", accept_language="en").text
    assert 'href="../../../plan/links/editions/2?lang=en">Edition 2, ' in told
    assert "editions/1" not in ask(f"{site}/plan/links").text


@pytest.mark.parametrize(
    "path",
    [
        "klad",
        "klad/embed",
        "links/editions/7",
        "links/editions/7/plan.html",
        "nothing/editions/1",
        "links/editions/1/other.html",
        "links/logos/" + "0" * 64 + ".png",
        "links/logos/x.png",
    ],
)
def test_what_is_not_public_or_not_there_is_not_found(store: Store, site: str, path: str) -> None:
    publish(store)
    answer = ask(f"{site}/plan/{path}", accept_language="en")
    assert answer.status == 404
    assert "There is no such map" in answer.text


def test_a_logo_is_that_of_a_maker(store: Store, site: str) -> None:
    logo = store.directory().local_maps["links"].makers[0].logo
    assert f'<img src="../plan/links/logos/{logo}.png" alt="Huis"' in ask(f"{site}/plan/links").text
    answer = ask(f"{site}/plan/links/logos/{logo}.png")
    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")
    assert "data:image/png;base64," in ask(f"{site}/plan/links/file.html").text


def test_the_newest_edition_is_told_first(store: Store, site: str) -> None:
    del site
    publish(store)
    publish(store)
    told = Atlas(store.directory(), grid_territory(), today())
    editions = editions_of(told.directory.local_maps["links"], told)
    assert [one.number for one in editions] == [2, 1]
    assert edition_address(editions[0], editions[0].files[1]) == "plan/links/editions/2/plan.html"
