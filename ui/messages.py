"""The message catalogs: `python -m ui.messages update` and `check`.

`update` reads the strings of the code into the catalogs; `check` tells what is missing, stale,
has other braces than its English text or cannot be found, and fails where anything is.
"""

import ast
import sys
from pathlib import Path
from string import Formatter

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from directory.texts import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("geo", "directory", "exchange", "layers", "ui", "pages")
METHODS = [
    *((f"{folder}/**.py", "python") for folder in FOLDERS),
    ("app.py", "python"),
    ("ui/templates/**.j2", "jinja2"),
]
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "translate": None,
    "ngettext": (1, 2),
}
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")
HEADER = """\
{language} of Plein, licensed as Plein itself (EUPL-1.2).
Strings come from the code: python -m ui.messages update; then translate what is empty.
"""


def catalog_path(language: str) -> Path:
    """Return where a language's catalog is."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "plein.po"


def extract() -> Catalog:
    """Collect the strings of the code."""
    template = Catalog(project="plein", charset="utf-8", fuzzy=False)
    options = {"**.j2": {"trimmed": "true"}}
    for filename, line, message, comments, context in extract_from_dir(
        ROOT, METHODS, options, keywords=KEYWORDS, directory_filter=_ours
    ):
        template.add(message, None, [(filename, line)], auto_comments=comments, context=context)
    return template


def _ours(folder: str) -> bool:
    name = Path(folder).name
    return not name.startswith(".") and name not in {"node_modules", "__pycache__", "migrations"}


def update() -> None:
    """Bring the catalogs up to the code; new strings stay empty until they are translated."""
    template = extract()
    for language in TRANSLATED:
        path = catalog_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = read(language) if path.exists() else Catalog(locale=language)
        kept.update(template, no_fuzzy_matching=True, update_creation_date=False)
        kept.obsolete.clear()
        write(kept, path)


def read(language: str) -> Catalog:
    """Read a language's catalog."""
    with catalog_path(language).open("rb") as stream:
        return read_po(stream, locale=language)


def write(catalog: Catalog, path: Path) -> None:
    """Write a catalog, the same one always as the same bytes."""
    catalog.fuzzy = False
    catalog.project, catalog.version = "Plein", "1"
    catalog.msgid_bugs_address = "Plein"
    catalog.last_translator = catalog.language_team = "Plein"
    words = HEADER.format(language=catalog.locale.english_name).splitlines()
    catalog.header_comment = "\n".join(f"# {line}" for line in words)
    with path.open("wb") as stream:
        write_po(stream, catalog, width=100, include_lineno=False, sort_output=True)


def faults() -> list[str]:
    """List what is wrong with the catalogs, one sentence each."""
    wanted = {message.id for message in extract() if message.id}
    found: list[str] = []
    for language in TRANSLATED:
        catalog = read(language)
        have = {message.id: message for message in catalog if message.id}
        found += [f"{language}: not in the catalog: {key!r}" for key in wanted - have.keys()]
        found += [f"{language}: no longer in the code: {key!r}" for key in have.keys() - wanted]
        found += [
            f"{language}: {fault}: {key!r}"
            for key in wanted & have.keys()
            if (fault := _fault(have[key], catalog.num_plurals))
        ]
    return sorted(found)


def hidden(root: Path = ROOT) -> list[str]:
    """List the strings nobody would translate, one sentence each: Babel reads no f-string."""
    files = [path for folder in FOLDERS for path in (root / folder).rglob("*.py")]
    return sorted(
        f"{path.relative_to(root)}:{call.lineno}: in an f-string, where it is not found"
        for path in (*files, *root.glob("app.py"))
        for written in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(written, ast.JoinedStr)
        for call in ast.walk(written)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in KEYWORDS and call.args and isinstance(call.args[0], ast.Constant)
    )


def _fault(message: Message, forms: int) -> str:
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    string = message.string or ""
    texts = [string] if isinstance(string, str) else list(string)
    if message.fuzzy or not all(texts) or len(texts) != (forms if message.pluralizable else 1):
        return "not translated"
    try:
        if any(braces(text) != braces(ids[-1]) for text in texts):
            return "other braces than the English text"
    except ValueError:
        return "braces that do not close"
    return ""


def braces(text: str) -> set[tuple[str, str]]:
    """List the parameters of a message and how each is written.

    Raises:
        ValueError: a brace that does not close.

    >>> sorted(braces("{n} of {share:.1f} %"))
    [('n', ''), ('share', '.1f')]
    """
    return {(name, form or "") for _, name, form, _ in Formatter().parse(text) if name is not None}


def main(arguments: list[str]) -> int:
    """Update the catalogs, or check them."""
    if arguments == ["update"]:
        update()
        return 0
    found = [*faults(), *hidden()]
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
