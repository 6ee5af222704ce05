/** A local map: brings to life the list that stands on the page (ui/templates/plan_words.html.j2). */

import { PlanList } from "./plan-list.js";
import { PlanMap } from "./plan-map.js";

/**
 * Give the articles of a page a map each, and their list filters.
 * @param {{rings: number[][][], houses: {at: number[], numbers: number[]}[], ground: object|string|null,
 *   words: Record<string, Record<string, string>>}} spec `words` by the language of an article
 */
export function mount(spec) {
  const articles = [...document.querySelectorAll(".plan")];
  const made = new Map();
  const ground = groundOf(spec.ground);
  const show = (language) => {
    for (const article of articles) article.hidden = article.dataset.language !== language;
    const article = articles.find((one) => !one.hidden);
    if (!article) return;
    document.documentElement.lang = language;
    document.documentElement.dir = article.dir;
    document.title = article.querySelector("h1")?.textContent ?? document.title;
    if (!made.has(language)) made.set(language, open(article, spec, ground));
  };
  for (const link of document.querySelectorAll(".plan-languages a[href^='#']")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(link.hreflang);
      document.querySelector(`.plan:not([hidden]) .plan-languages a[hreflang="${link.hreflang}"]`)?.focus();
    });
  }
  const asked = new URLSearchParams(location.search).get("lang");
  const first = articles.find((one) => one.dataset.language === asked) ?? articles[0];
  if (first) show(first.dataset.language);
  openNamed(made);
  return made;
}

/** An address that ends in #fr-12 opens number 12. */
function openNamed(made) {
  const [, language, number] = location.hash.match(/^#([a-z]{2})-(\d{1,4})$/) ?? [];
  made.get(language)?.map?.choose(Number(number), null);
}

function open(article, spec, ground) {
  const words = spec.words[article.dataset.language];
  const box = article.querySelector("[data-map]");
  const list = new PlanList(article, words);
  if (!box || !(spec.rings.length || spec.houses.length)) return { list };
  const map = new PlanMap(box, spec, words, list);
  list.onShown = () => map.filter(list.shown);
  list.onChoose = (number, opener) => map.choose(number, opener);
  ground.then((told) => told && map.lay(told));
  return { list, map };
}

/** The ground is fetched where it has an address: the signs do not wait for it. */
async function groundOf(ground) {
  if (typeof ground !== "string") return ground;
  try {
    const answer = await fetch(ground);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function start() {
  const told = document.getElementById("plan-spec");
  if (told) mount(JSON.parse(told.textContent));
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
