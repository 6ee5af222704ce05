/** The little square that shows a class beside its words. */

import { isKnown, reasonOf } from "./shades.js";

const REASONS = 4;

/** Bring a square to a class, or to why there is none. */
export function swatch(box, byte, colours) {
  const known = isKnown(byte);
  if (box.dataset.byte === String(byte) && box.dataset.colour === (colours[byte] ?? "")) return;
  box.dataset.byte = byte;
  box.dataset.colour = colours[byte] ?? "";
  box.style.background = known ? colours[byte] : "";
  for (let reason = 0; reason <= REASONS; reason += 1) box.classList.toggle(`plein-why-${reason}`, !known && reasonOf(byte) === reason);
}
