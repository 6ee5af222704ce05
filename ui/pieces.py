"""Our style, script and marks, fetched by address once: inline, they weighed 13 kB each rerun."""

import hashlib
from functools import cache
from pathlib import Path

from ui import look

HERE = Path(__file__).parent
STYLE, SCRIPT = "plein.css", "parts.js"
WORDMARK, FAVICON = "app/static/wordmark.svg", "app/static/plein.svg"
"""Only from there Streamlit takes an image by address and not by content."""
TYPES = {
    STYLE: "text/css",
    SCRIPT: "text/javascript",
    WORDMARK: "image/svg+xml",
    FAVICON: "image/svg+xml",
}


@cache
def content(name: str) -> str:
    """Return the text of a piece."""
    if name == STYLE:
        return look.style()
    file = "component.js" if name == SCRIPT else Path(name).name
    return (HERE / "templates" / file).read_text(encoding="utf-8")


@cache
def address(name: str) -> str:
    """Return where the browser finds a piece: another address when the piece is another."""
    return f"{name}?v={hashlib.sha256(content(name).encode()).hexdigest()[:12]}"


def mark_address(name: str) -> str:
    """Return where the browser finds one of our marks, as Streamlit wants it."""
    return f"/{address(name)}"


def component_script(function: str) -> str:
    """Write what a Streamlit component is told on each rerun: to call a function of our script.

    Short, since it is sent again and again; in lines, since Streamlit takes one line for a file.
    Where our script cannot be fetched, the component says what `data.failed` says.
    """
    return f"""const o=import(new URL("{address(SCRIPT)}",document.baseURI));
export default c=>{{
const e=o.then(o=>o.{function}(c),()=>c.parentElement.append(c.data.failed??""));
return()=>e.then(f=>f?.())}}
"""
