/** The browser side of Plein: window.Plein. */

import CSS_TEXT from "plein:css";
import { mountAnswers as answers } from "./answers.js";
import { mountAreas as areas } from "./areas-panel.js";
import { mountDue as due } from "./due.js";
import { mountList as list } from "./list.js";
import { mountMap as map } from "./map.js";
import { palette } from "./palette.js";
import { mountPlaceField as field } from "./place-field.js";
import { mountRanking as ranking } from "./ranking.js";
import { mountSectors as sectors } from "./sector-list.js";
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

const dressed = (mount) => (target, spec, options) => {
  dress(target);
  return mount(target, spec, options);
};

export const mountMap = dressed(map);
export const mountList = dressed(list);
export const mountPlaceField = dressed(field);
export const mountAnswers = dressed(answers);
export const mountRanking = dressed(ranking);
export const mountDue = dressed(due);
export const mountSectors = dressed(sectors);
export const mountAreas = dressed(areas);

/** One sign as SVG, for a legend or a card. */
export function sign(properties, size_px, given) {
  return drawSign(properties, palette(given), size_px);
}
