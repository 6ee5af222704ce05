"""Graphs that OSMnx wrote, as GraphML: read without OSMnx, edge by edge, nothing trusted."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from geo.errors import N_, BadInputError

NAMESPACE: Final = "{http://graphml.graphdrawing.org/xmlns}"
_BLOCK: Final = 1 << 20


class Node(NamedTuple):
    """A crossing, in the system of the graph."""

    key: str
    x: float
    y: float


class Edge(NamedTuple):
    """A street one way, and what is said of it."""

    source: str
    target: str
    told: dict[str, str]


class Crs(NamedTuple):
    """The coordinate system, in the words of the file."""

    name: str


def read_graph(path: Path) -> Iterator[Crs | Node | Edge]:
    """Go through a graph in the order of the file, forgetting each part.

    Raises:
        BadInputError: not whole XML, one with a document type, or a node without a position.
    """
    keys: dict[str, str] = {}
    try:
        for element in _elements(path):
            tag = element.tag.removeprefix(NAMESPACE)
            if tag == "key":
                keys[str(element.get("id"))] = str(element.get("attr.name"))
            elif tag == "data" and keys.get(str(element.get("key"))) == "crs":
                yield Crs((element.text or "").strip())
            elif tag in ("node", "edge"):
                told = {
                    keys.get(str(child.get("key")), ""): child.text or ""
                    for child in element.iterfind(f"{NAMESPACE}data")
                }
                if tag == "node":
                    yield Node(str(element.get("id")), float(told["x"]), float(told["y"]))
                else:
                    yield Edge(str(element.get("source")), str(element.get("target")), told)
    except ET.ParseError as error:
        raise refused(path, N_("it is not whole XML ({cause})"), cause=error) from error
    except (KeyError, ValueError) as error:
        if isinstance(error, BadInputError):
            raise
        raise broken(path, error) from error


def listed(value: str) -> list[str]:
    """Read what OSMnx joined: "['a', 'b']" is two values, any other text one, "" none.

    >>> listed("['residential', 'steps']"), listed("Rue Haute"), listed("[x")
    (['residential', 'steps'], ['Rue Haute'], ['[x'])
    """
    if value.startswith("["):
        try:
            parts = ast.literal_eval(value)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return [value]
        return [str(part) for part in parts] if isinstance(parts, list) else [value]
    return [value] if value else []


def refuse_document_type(path: Path) -> None:
    """Refuse XML that may define entities, wherever in the file it says so.

    Raises:
        BadInputError: it carries a document type, or is in an encoding that would hide one.
    """
    with path.open("rb") as file:
        block = file.read(_BLOCK)
        if b"\0" in block[:4]:
            raise refused(path, N_("it is not whole XML ({cause})"), cause="UTF-16")
        while block:
            more = file.read(_BLOCK)
            if b"<!DOCTYPE" in block + more[:16]:
                raise refused(path, N_("it carries a document type, which no street graph needs"))
            block = more


def refused(path: Path, reason: str, **params: object) -> BadInputError:
    """Say why a file is no street graph."""
    return BadInputError(
        N_("Expected a street graph that OSMnx wrote; {file}: {reason}. Nothing was changed."),
        file=path.name,
        reason=reason.format(**params),
    )


def broken(path: Path, cause: object) -> BadInputError:
    """Say that one street or crossing makes no sense."""
    return refused(path, N_("a street or crossing in it is broken ({cause})"), cause=cause)


def _elements(path: Path) -> Iterator[ET.Element]:
    """Go through the keys, nodes and edges, forgetting each; a document type is refused."""
    refuse_document_type(path)
    with path.open("rb") as file:
        inside = 0
        parent: ET.Element | None = None
        for event, element in ET.iterparse(file, events=("start", "end")):  # noqa: S314 - no DTD
            holder = element.tag in (f"{NAMESPACE}node", f"{NAMESPACE}edge")
            inside += holder if event == "start" else 0
            if event == "start" and element.tag == f"{NAMESPACE}graph":
                parent = element
            if event == "end":
                inside -= holder
                if not inside:
                    yield element
                    element.clear()
                    if parent is not None and holder:
                        parent.clear()  # or it would hold on to a million empty children
