/** The card of a place in an embedded map or a file that stands alone. */

import L from "leaflet";
import { element, isolated, link } from "./dom.js";

/**
 * @param {object} properties name, sub, address, phone, lines (plain texts), links ({text, href})
 * @param {object} texts
 */
export function card(properties, texts) {
  const lines = [properties.sub, properties.old, properties.address, ...(properties.lines ?? [])].filter(Boolean);
  const phone = properties.phone ? [{ text: properties.phone, href: `tel:${properties.phone.replace(/[^+\d]/g, "")}` }] : [];
  const links = [...phone, ...(properties.links ?? [])]
    .map(({ text, href }) => link(text, href, "plein-card-link") ?? isolated(text ?? "", "plein-card-line"));
  return element(
    "div",
    { class: "plein-card" },
    element("h3", {}, isolated(properties.name || texts.unnamed)),
    ...lines.map((line) => element("p", { class: "plein-card-line" }, isolated(String(line)))),
    ...links.map((anchor) => element("p", {}, anchor)),
  );
}

/** Open the card of a place above its sign. */
export function openCard(map, latlng, properties, texts, closed) {
  const popup = L.popup({ className: "plein-popup", offset: [0, -14], maxWidth: 300, minWidth: 200, closeButton: true })
    .setLatLng(latlng)
    .setContent(card(properties, texts));
  popup.on("remove", closed);
  popup.openOn(map);
  popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", texts.close);
}
