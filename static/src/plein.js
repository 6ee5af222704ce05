/** The browser side of Plein: window.Plein. */

import CSS_TEXT from "plein:css";
import { mountAnswers as answers } from "./answers.js";
import { mountList as list } from "./list.js";
import { mountMap as map } from "./map.js";
import { palette } from "./palette.js";
import { mountSectors as sectors } from "./sector-list.js";
import { mountPlaceField as field } from "./place-field.js";
import { drawSign } from "./signs-drawn.js";

/** Bring our style to wherever the element lives: the page, or the shadow of a component. */
function dress(target) {
  const root = target.getRootNode();
  const home = root instanceof ShadowRoot ? root : document.head;
  if (home.querySelector("style[data-plein]")) return;
  const style = document.createElement("style");
  style.dataset.plein = "";
  style.textContent = CSS_TEXT;
  home.prepend(style);
}

export function mountMap(target, spec, options) {
  dress(target);
  return map(target, spec, options);
}

export function mountList(target, spec, options) {
  dress(target);
  return list(target, spec, options);
}

export function mountPlaceField(target, spec, options) {
  dress(target);
  return field(target, spec, options);
}

export function mountAnswers(target, spec, options) {
  dress(target);
  return answers(target, spec, options);
}

export function mountSectors(target, spec, options) {
  dress(target);
  return sectors(target, spec, options);
}

/** One sign as SVG, for a legend or a card. */
export function sign(properties, size_px, given) {
  return drawSign(properties, palette(given), size_px);
}
