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
    """Write the few lines a Streamlit component is told, which call a function of our script.

    Where it cannot be fetched, the component says what `data.failed` says.
    """
    return f"""export default (component) => {{
  const {{ parentElement, data }} = component;
  const ended = import(new URL("{address(SCRIPT)}", document.baseURI))
    .then((ours) => ours.{function}(component))
    .catch(() => {{ parentElement.firstElementChild.textContent = data.failed; }});
  return () => ended.then((end) => end?.());
}};
"""
