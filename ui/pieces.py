"""Our style and script, fetched by address once: told inline, they weighed 12 kB on each rerun."""

import hashlib
from functools import cache
from pathlib import Path

from ui import look

HERE = Path(__file__).parent
STYLE, SCRIPT = "plein.css", "plein-component.js"
TYPES = {STYLE: "text/css", SCRIPT: "text/javascript"}


@cache
def content(name: str) -> str:
    """Return the text of a piece."""
    if name == STYLE:
        return look.style()
    return (HERE / "templates" / "component.js").read_text(encoding="utf-8")


@cache
def address(name: str) -> str:
    """Return where the browser finds a piece: another address when the piece is another."""
    return f"{name}?v={hashlib.sha256(content(name).encode()).hexdigest()[:12]}"


def component_script(function: str) -> str:
    """Write what a Streamlit component is told on each rerun: to call a function of our script.

    Short, since it is sent again and again; in lines, since Streamlit takes one line for a file.
    Where our script cannot be fetched, the component says what `data.failed` says.
    """
    return f"""const ours=import(new URL("{address(SCRIPT)}",document.baseURI));
export default c=>{{
const end=ours.then(o=>o.{function}(c),
()=>c.parentElement.append(c.data.failed??""));
return()=>end.then(f=>f?.())}}
"""
