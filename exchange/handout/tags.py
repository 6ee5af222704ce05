"""The order a screen reader tells the sheet in: PDF structure, which reportlab leaves to us.

Every text is a tagged paragraph or heading in its language, each map a figure with words for it;
rules, signs and footers are artifacts (ISO 32000-1, 14.8). It is not checked against PDF/UA.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString


@dataclass(frozen=True)
class Element:
    """One tagged piece: its kind, the page and mark it is on, its language, words for a figure."""

    kind: str
    page: int
    mark: int
    language: str
    words: str


@dataclass
class Pen:
    """A reportlab canvas that remembers what was drawn as what."""

    canvas: Any
    page: int = 0
    elements: list[Element] = field(default_factory=list)
    _marks: int = 0

    @contextmanager
    def element(self, kind: str, *, language: str = "", words: str = "") -> Iterator[None]:
        """Tag what is drawn within: P, H1, H2 or Figure."""
        self.elements.append(Element(kind, self.page, self._marks, language, words))
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
        for n, each in enumerate(self.elements):
            told = _told(each, document.Reference(pages[each.page]), body_reference)
            on_page[each.page].append(document.Reference(told, f"structure-{n}"))
        body["K"] = PDFArray([reference for page in on_page for reference in page])
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
        "K": element.mark,
    }
    if element.language:
        told["Lang"] = PDFString(element.language)
    if element.words:
        told["Alt"] = PDFString(element.words)
    return PDFDictionary(told)
