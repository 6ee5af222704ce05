"""The order a screen reader tells the sheet in: PDF structure, which reportlab leaves to us.

Every text is a tagged paragraph or heading in its language, each map a figure with words for it;
tables are told row by row; rules, signs and footers are artifacts (ISO 32000-1, 14.8). It is not
checked against PDF/UA.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString


@dataclass(frozen=True)
class Element:
    """One tagged piece: its kind, its page, its language, words for a figure.

    `mark` is the mark it has on its page, or None where it holds other elements; `within` is the
    number of the element that holds it.
    """

    kind: str
    page: int
    mark: int | None
    language: str
    words: str
    within: int | None = None
    actual: str = ""
    """What it says, where that is not the order of its letters on the page."""


@dataclass
class Pen:
    """A reportlab canvas that remembers what was drawn as what."""

    canvas: Any
    page: int = 0
    elements: list[Element] = field(default_factory=list)
    _marks: int = 0
    _within: list[int] = field(default_factory=list)

    @contextmanager
    def group(self, kind: str) -> Iterator[int]:
        """Hold what is tagged within: Table, TR, L. Its number lets a later page go on with it."""
        self.elements.append(Element(kind, self.page, None, "", "", self._holder))
        self._within.append(len(self.elements) - 1)
        yield self._within[-1]
        self._within.pop()

    @contextmanager
    def inside(self, number: int) -> Iterator[None]:
        """Go on with a group of an earlier page."""
        self._within.append(number)
        yield
        self._within.pop()

    @property
    def _holder(self) -> int | None:
        return self._within[-1] if self._within else None

    @contextmanager
    def element(
        self, kind: str, *, language: str = "", words: str = "", actual: str = ""
    ) -> Iterator[None]:
        """Tag what is drawn within: P, H1, H2, TH, TD or Figure."""
        told = Element(kind, self.page, self._marks, language, words, self._holder, actual)
        self.elements.append(told)
        self.canvas._code.append(f"/{kind} <</MCID {self._marks}>> BDC")  # noqa: SLF001 - no public way
        self._marks += 1
        yield
        self.canvas._code.append("EMC")  # noqa: SLF001

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """Mark what is drawn within as nothing to be read."""
        self.canvas._code.append("/Artifact BMC")  # noqa: SLF001
        yield
        self.canvas._code.append("EMC")  # noqa: SLF001

    def turn_page(self) -> None:
        """End the page."""
        self.canvas.showPage()
        self.page += 1
        self._marks = 0

    def finish(self) -> None:
        """Write the structure of all pages into the document."""
        document = self.canvas._doc  # noqa: SLF001
        pages = document.Pages.pages
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        root_reference = document.Reference(root, "structure")
        body = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName("Document")})
        body_reference = document.Reference(body, "structure-document")
        body["P"] = root_reference
        on_page: list[list[Any]] = [[] for _ in pages]
        held: dict[int | None, list[Any]] = {None: []}
        written: list[tuple[PDFDictionary, Any]] = []
        for n, each in enumerate(self.elements):
            parent = body_reference if each.within is None else written[each.within][1]
            told = _told(each, document.Reference(pages[each.page]), parent)
            reference = document.Reference(told, f"structure-{n}")
            written.append((told, reference))
            held.setdefault(each.within, []).append(reference)
            if each.mark is not None:
                on_page[each.page].append(reference)
        for n, (told, _) in enumerate(written):
            if n in held:
                told["K"] = PDFArray(held[n])
        body["K"] = PDFArray(held[None])
        root["K"] = body_reference
        numbers = [part for n, page in enumerate(on_page) for part in (n, PDFArray(page))]
        root["ParentTree"] = PDFDictionary({"Nums": PDFArray(numbers)})
        for n, page in enumerate(pages):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents = n
            page.Tabs = PDFName("S")
        document.Catalog.StructTreeRoot = root_reference
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})


def _told(element: Element, page: Any, parent: Any) -> PDFDictionary:
    told = {
        "Type": PDFName("StructElem"),
        "S": PDFName(element.kind),
        "P": parent,
        "Pg": page,
    }
    if element.mark is not None:
        told["K"] = element.mark
    if element.kind == "TH":
        told["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName("Column")})
    if element.language:
        told["Lang"] = PDFString(element.language)
    if element.words:
        told["Alt"] = PDFString(element.words)
    if element.actual:
        told["ActualText"] = PDFString(element.actual)
    return PDFDictionary(told)
