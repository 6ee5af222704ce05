/** After sending: who decides, and the private link, to copy and to read. */

import { element } from "./dom.js";

/**
 * @param {HTMLElement} box
 * @param {{link: string, decides: string}} answer
 * @param {Record<string, string>} texts
 */
export function showThanks(box, { link, decides }, texts) {
  const address = new URL(link, document.baseURI).href;
  const title = element("h1", { class: "plein-propose-title", tabindex: -1, text: texts.thanks });
  const said = element("p", { class: "plein-propose-hint", role: "status" });
  const shown = element("input", { id: "plein-propose-link", class: "plein-propose-input plein-propose-link", readonly: true, dir: "ltr" });
  shown.value = address;
  const copy = async () => {
    shown.select();
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      document.execCommand?.("copy"); // the only way where the page is not served by https
    }
    said.textContent = texts.copied;
  };
  const leads = (text, href) => element("a", { class: "plein-propose-way", href, text });
  box.replaceChildren(
    title,
    element("p", { class: "plein-propose-decides", text: decides }),
    element("label", { class: "plein-propose-label", for: shown.id, text: texts.link }),
    element("p", { class: "plein-propose-hint", text: texts.link_hint }),
    shown,
    element("button", { type: "button", class: "plein-propose-send", text: texts.copy, on: { click: copy } }),
    said,
    element("p", { class: "plein-propose-ways" }, leads(texts.follow, address), leads(texts.again, new URL("propose", document.baseURI).href), leads(texts.to_map, document.baseURI)),
  );
  title.focus({ preventScroll: false });
}
