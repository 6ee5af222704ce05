/** The browser side of Plein: window.Plein. */

import leaflet from "leaflet";
import CSS_TEXT from "plein:plein.css";
import { mountAnswers as answers } from "./answers.js";
import { mountList as list } from "./list.js";
import { mountMap as map } from "./map.js";
import { palette } from "./palette.js";
import { mountPlaceField as field } from "./place-field.js";
import { mountPropose as propose } from "./propose.js";
import { drawSign } from "./signs-drawn.js";
import { tools } from "./tools.js";

const styles = [CSS_TEXT];

/** Bring our style to wherever the element lives: the page, or the shadow of a component. */
function dress(target) {
  const root = target.getRootNode();
  const home = root instanceof ShadowRoot ? root : document.head;
  const there = [...home.querySelectorAll("style[data-plein]")];
  for (const text of styles.slice(there.length)) {
    const style = document.createElement("style");
    style.dataset.plein = "";
    style.textContent = text;
    if (there.length) there.at(-1).after(style);
    else home.prepend(style);
    there.push(style);
  }
}

/** A part that brings our style with it. */
export const dressed = (mount) => (target, spec, options) => {
  dress(target);
  return mount(target, spec, options);
};

/** A script fetched later adds its style, and its parts to `more`. */
export function addStyle(text) {
  styles.push(text);
}
export const more = {};
export { leaflet, tools };

export const mountMap = dressed(map);
export const mountList = dressed(list);
export const mountPlaceField = dressed(field);
export const mountPropose = dressed(propose);
export const mountAnswers = dressed(answers);

/** One sign as SVG, for a legend or a card. */
export function sign(properties, size_px, given) {
  return drawSign(properties, palette(given), size_px);
}
