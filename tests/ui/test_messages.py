"""The catalogs are whole: every message in French and Dutch, with the same braces."""

import gettext
import io
import re
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo

from ui import messages
from ui.messages import TRANSLATED, braces, catalog_path, extract, faults, hidden, read, write

SAME = {
    "fr": {
        "Audit",
        "Contact",
        "Correction",
        "Introduction ({language})",
        "Type",
        "Version {n}",
        "{name} ({n})",
        "{name} (table {table})",
        "Table",
        "Table {name}",
        "Tables",
        "table {table}",
        "Date",
        "Population",
        "Position (longitude, latitude)",
        "Sources",
        "Version",
        "Version {version}, {day}, {name}",
        "impossible",
        "total",
        "{n} m",
        "{n} min",
        "{n} points",
        "Code",
        "1 suggestion",
        "Description",
        "E-mail",
        "Excel (XLSX)",
        "GeoJSON",
        "GeoPackage (QGIS)",
        "Index",
        "Information",
        "Latitude",
        "Licence",
        "Longitude",
        "Organisation",
        "Source",
        "latitude, longitude",
        "longitude, latitude",
        "possible",
        "{n} minute",
        "{n} minutes",
        "{n} suggestions",
        "{start}\N{EN DASH}{end}",
        "{street}, {metres} m",
    },
    "nl": {
        "Workshop",
        "Account",
        "Planner",
        "{role}: {ground}",
        "Audit",
        "Contact",
        "Type",
        "{name} ({n})",
        "{n} partner",
        "{n} partners",
        "{n} scenario",
        "{what}: {text}",
        "Compact",
        "Id",
        "In {year}: {value}",
        "Indicator",
        "Planning",
        "Scenario “{title}”",
        "euro",
        "{name}: {author}, {moment}",
        "{n} m",
        "{n} min",
        "{n} sector",
        "{sector}: {area}",
        "Code",
        "Sector",
        "Actor",
        "E-mail",
        "Excel (XLSX)",
        "GeoJSON",
        "GeoPackage (QGIS)",
        "Index",
        "Lambert 2008: x, y",
        "Lambert 2008: y, x",
        "Lambert 72: x, y",
        "Lambert 72: y, x",
        "Link",
        "Open",
        "Postcode",
        "Sector {name}",
        "Sector {name} ({code})",
        "Website",
        "{first}; {next}",
        "{street}, {metres} m",
        "{when}: {what}",
        "“{comment}”",
    },
}
"""What is written in a language as in English."""

OTHER = "other braces than the English text"
NARROW = "\N{NARROW NO-BREAK SPACE}"


def texts(message: Message) -> list[str]:
    """Give the forms of a translation."""
    found = message.string or ""
    return [found] if isinstance(found, str) else list(found)


def forms(message: Message) -> list[tuple[str, str]]:
    """Pair every English form of a message with its translation."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    return list(zip(ids, texts(message), strict=True))


def pairs(language: str) -> list[tuple[str, str]]:
    return [pair for message in read(language) if message.id for pair in forms(message)]


def test_the_catalogs_have_no_fault() -> None:
    assert faults() == []


def test_strings_of_every_part_of_the_code_are_found() -> None:
    found = {path for message in extract() for path, _ in message.locations}
    assert {str(path).split("/")[0] for path in found} >= {
        "geo",
        "directory",
        "exchange",
        "layers",
        "ui",
        "pages",
    }


def test_no_string_is_hidden_in_another() -> None:
    assert hidden() == []


def test_a_hidden_string_is_named(tmp_path: Path) -> None:
    (tmp_path / "ui").mkdir()
    code = 'told = f"{_(word)} {plain(_(\'Door\'))}"\nopen = _("Open")\n'
    (tmp_path / "ui" / "door.py").write_text(code, encoding="utf-8")
    assert hidden(tmp_path) == ["ui/door.py:1: in an f-string, where it is not found"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalog_compiles_and_is_what_gettext_then_says(language: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, read(language))
    compiled.seek(0)
    spoken = gettext.GNUTranslations(compiled)
    for message in read(language):
        if isinstance(message.id, str) and message.id:
            assert spoken.gettext(message.id) == message.string
        elif message.id:
            one, many = message.id
            assert [spoken.ngettext(one, many, n) for n in (1, 2)] == texts(message)


@pytest.mark.parametrize(("language", "nought"), [("fr", "{n} lieu"), ("nl", "{n} plaatsen")])
def test_none_is_counted_as_the_language_does(language: str, nought: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, read(language))
    compiled.seek(0)
    assert gettext.GNUTranslations(compiled).ngettext("{n} place", "{n} places", 0) == nought


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_those_of_the_english_text(language: str) -> None:
    for english, translated in pairs(language):
        assert braces(translated) == braces(english), english


@pytest.mark.parametrize("language", TRANSLATED)
def test_only_the_words_named_are_as_in_english(language: str) -> None:
    same = {english for english, translated in pairs(language) if english == translated}
    assert same == SAME[language]


def test_french_signs_stand_behind_a_narrow_space() -> None:
    for english, french in pairs("fr"):
        text = re.sub(r"`[^`]*`|\w+://\S*|EPSG:\d+", "", french)
        assert not re.search(rf"[^{NARROW}][;:?!»]", text), english
        assert not re.search(rf"«[^{NARROW}]", text), english


@pytest.mark.parametrize("language", TRANSLATED)
def test_quotes_are_curved(language: str) -> None:
    for english, translated in pairs(language):
        assert not re.search(r"['\"]", re.sub(r"`[^`]*`", "", translated)), english


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalog_is_stored_as_update_writes_it(language: str, tmp_path: Path) -> None:
    write(read(language), tmp_path / "plein.po")
    assert (tmp_path / "plein.po").read_bytes() == catalog_path(language).read_bytes()


@pytest.fixture
def two_messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A code of two strings, and a folder for its catalogs."""
    code = Catalog(charset="utf-8")
    code.add("{n} door is open", locations=[("ui/door.py", 1)])
    code.add(("{n} key", "{n} keys"), locations=[("ui/door.py", 2)])
    monkeypatch.setattr(messages, "extract", lambda: code)
    monkeypatch.setattr(messages, "TRANSLATED", ("nl",))
    monkeypatch.setattr(messages, "catalog_path", lambda language: tmp_path / f"{language}.po")
    return tmp_path / "nl.po"


def test_update_keeps_what_is_translated_and_forgets_what_is_gone(two_messages: Path) -> None:
    before = Catalog(locale="nl")
    before.add("{n} door is open", "{n} deur is open")
    before.add("Window", "Raam")
    write(before, two_messages)
    assert messages.main(["update"]) == 0
    after = {message.id: message.string for message in read("nl") if message.id}
    assert after == {"{n} door is open": "{n} deur is open", ("{n} key", "{n} keys"): ("", "")}


@pytest.mark.parametrize(
    ("door", "keys", "fault"),
    [
        ("", ("{n} sleutel", "{n} sleutels"), "not translated"),
        ("{n} deur is open", ("{n} sleutel", ""), "not translated"),
        ("{m} deur is open", ("{n} sleutel", "{n} sleutels"), OTHER),
        (
            "{n:.2f} deur is open",
            ("{n} sleutel", "{n} sleutels"),
            "other braces than the English text",
        ),
        ("{n deur is open", ("{n} sleutel", "{n} sleutels"), "braces that do not close"),
        ("{n} deur is open", ("een sleutel", "{n} sleutels"), OTHER),
    ],
)
def test_check_names_each_fault(
    two_messages: Path,
    capsys: pytest.CaptureFixture[str],
    door: str,
    keys: tuple[str, str],
    fault: str,
) -> None:
    catalog = Catalog(locale="nl")
    catalog.add("{n} door is open", door)
    catalog.add(("{n} key", "{n} keys"), keys)
    write(catalog, two_messages)
    assert messages.main(["check"]) == 1
    assert [line.split(": ")[1] for line in capsys.readouterr().out.splitlines()] == [fault]


def test_check_names_what_is_missing_and_what_is_stale(two_messages: Path) -> None:
    catalog = Catalog(locale="nl")
    catalog.add("{n} door is open", "{n} deur is open")
    catalog.add("Window", "Raam")
    write(catalog, two_messages)
    assert faults() == [
        "nl: no longer in the code: 'Window'",
        "nl: not in the catalog: ('{n} key', '{n} keys')",
    ]
