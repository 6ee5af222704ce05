"""A button that copies the address of the present view."""

import streamlit as st

from ui.language import _

_JS = """
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  const told = parentElement.querySelector("[role=status]");
  const field = parentElement.querySelector("input");
  button.textContent = data.label;
  field.setAttribute("aria-label", data.label);
  button.onclick = async () => {
    const link = window.location.href;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      field.hidden = false;
      field.value = link;
      field.select();
    }
    told.textContent = data.done;
  };
}
"""

_button = st.components.v2.component(
    "plein_share",
    html='<button type="button" class="plein-share"></button>'
    '<input hidden readonly class="plein-share-link"><span role="status"></span>',
    js=_JS,
    isolate_styles=False,
)


def copy_link_button() -> None:
    """Offer to copy the link; where the browser forbids it, show it selected."""
    _button(
        key="share",
        data={"label": _("Copy link"), "done": _("The link to this view is copied.")},
        width="content",
    )
