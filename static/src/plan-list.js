/** The list of a local map: searched, filtered, and the way from an entry to its sign. */

import { calm, element, fill } from "./dom.js";

const LETTERS = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ı: "i" };

/** Fold a text as directory/search.py does: without accents and case. */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[œæßøłđı]/g, (letter) => LETTERS[letter]);
}

export class PlanList {
  constructor(article, words) {
    this.article = article;
    this.words = words;
    this.entries = [...article.querySelectorAll(".plan-entry")];
    this.byNumber = new Map(this.entries.map((entry) => [Number(entry.dataset.n), entry]));
    this.texts = new Map(this.entries.map((entry) => [entry, fold(`${entry.dataset.find} ${entry.textContent}`)]));
    this.shown = new Set(this.byNumber.keys());
    this.groups = new Set();
    for (const entry of this.entries) if ("placed" in entry.dataset) this.makePressable(entry);
    this.listen();
  }

  listen() {
    const print = this.article.querySelector("[data-print]");
    print.hidden = false;
    print.addEventListener("click", () => window.print());
    this.tools = this.article.querySelector(".plan-tools");
    if (!this.tools) return;
    this.tools.hidden = false;
    this.tools.addEventListener("submit", (event) => event.preventDefault());
    const find = (name) => this.tools.querySelector(`[data-${name}]`);
    [this.search, this.category, this.open, this.found, this.reset] = ["search", "category", "open", "found", "reset"].map(find);
    this.search.addEventListener("input", () => this.sift());
    this.category.addEventListener("change", () => this.sift());
    for (const chip of this.tools.querySelectorAll(".plan-chip")) {
      chip.addEventListener("click", () => {
        chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
        this.sift();
      });
    }
    this.reset.addEventListener("click", () => this.showAll());
    this.sift();
  }

  makePressable(entry) {
    const number = entry.querySelector(".plan-number");
    const button = element("button", {
      type: "button", class: "plan-number", "aria-label": fill(this.words.on_map, { n: entry.dataset.n }),
      on: { click: () => this.onChoose?.(Number(entry.dataset.n), button) },
    }, number.querySelector("svg"));
    number.replaceWith(button);
  }

  showAll() {
    this.search.value = "";
    this.category.value = "";
    for (const chip of this.tools.querySelectorAll(".plan-chip")) chip.setAttribute("aria-pressed", "false");
    this.sift();
    this.search.focus();
  }

  /** Show what every filter lets through; of several groups, those of any. */
  sift() {
    const pressed = [...this.tools.querySelectorAll(".plan-chip[aria-pressed='true']")];
    const groups = new Set(pressed.map((chip) => chip.dataset.group).filter(Boolean));
    const now = this.open?.getAttribute("aria-pressed") === "true";
    const wanted = fold(this.search.value).split(/\s+/).filter(Boolean);
    this.shown = new Set();
    for (const entry of this.entries) {
      const { group, category, state, n } = entry.dataset;
      const text = this.texts.get(entry);
      const fits = (!groups.size || groups.has(group)) && (!this.category.value || category === this.category.value)
        && (!now || state === "open") && wanted.every((word) => text.includes(word));
      entry.hidden = !fits;
      if (fits) this.shown.add(Number(n));
    }
    for (const section of this.article.querySelectorAll("[data-section]")) {
      section.hidden = !section.querySelector(".plan-entry:not([hidden])");
    }
    const all = this.entries.length;
    const some = this.shown.size < all;
    this.found.textContent = fill(this.words.found, { n: this.shown.size, all });
    this.reset.hidden = !some;
    this.article.querySelector("[data-none]").hidden = this.shown.size > 0;
    this.onShown?.();
  }

  mark(numbers) {
    for (const entry of this.entries) entry.classList.toggle("plan-chosen", numbers.includes(Number(entry.dataset.n)));
  }

  /** Bring an entry into sight without taking the focus. */
  reveal(number) {
    const entry = this.byNumber.get(number);
    entry?.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
  }

  focus(number) {
    const entry = this.byNumber.get(number);
    if (entry?.hidden) this.showAll();
    entry?.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    entry?.querySelector(".plan-number").focus({ preventScroll: true });
  }
}
