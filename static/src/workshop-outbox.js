/** What is to be sent, kept in the browser until the server said it has it: none lost, none double. */

const BYTES = 24; // of the private link, drawn here so that what is sent twice is kept once
const SOON_MS = 1500;
const LATEST_MS = 15000;
export const GIVEN_UP = 410;
export const TOO_MUCH = 429;
export const LATER = new Set([408, 425, 429, 500, 502, 503, 504, 507]);

/** Letters nobody guesses: 32 of them. `crypto` is there without https, its `randomUUID` is not. */
export function drawn() {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_");
}

/** Something kept under a name in this browser; where storage is forbidden, as long as the page. */
export class Held {
  constructor(key) {
    this.key = key;
    this.there = null;
  }

  read(otherwise) {
    try {
      const found = JSON.parse(localStorage.getItem(this.key));
      if (found && typeof found === "object") return found;
    } catch {
      // Forbidden, or not ours.
    }
    return this.there ?? otherwise;
  }

  write(value) {
    this.there = value;
    try {
      localStorage.setItem(this.key, JSON.stringify(value));
    } catch {
      // Forbidden or full.
    }
  }
}

/**
 * Take over from `theirs`, which another tab kept, what `ours` does not have; both by token, `ours`
 * in place. What both have stays ours, or theirs where `newer`; but what was sent is sent.
 */
export function merge(ours, theirs, newer) {
  const mine = new Map(ours.map((one) => [one.token, one]));
  for (const one of theirs) {
    const known = mine.get(one.token);
    if (!known) ours.push(one);
    else if (known.state !== "sent" && (newer || one.state === "sent")) Object.assign(known, one);
  }
}

/** Send JSON; rejected where nobody answers. */
export async function post(address, form) {
  const ended = new AbortController();
  const patience = setTimeout(() => ended.abort(), LATEST_MS);
  try {
    const response = await fetch(address, {
      method: "POST", headers: { "Content-Type": "application/json" }, credentials: "omit",
      body: JSON.stringify(form), signal: ended.signal,
    });
    const told = await response.json().catch(() => ({}));
    return { status: response.status, told };
  } finally {
    clearTimeout(patience);
  }
}

/**
 * A queue in the browser. Its entries: {token, form, label, state: "waiting"|"sent"|"wrong", told}.
 * `token` is both the private link and what makes sending twice harmless. Other tabs keep theirs
 * under the same name: what was taken out is named in `gone`, so that no tab brings it back.
 */
export class Outbox {
  /** @param {string} key @param {string} address @param {(about: object) => void} changed */
  constructor(key, address, changed) {
    this.held = new Held(key);
    this.address = address;
    this.changed = changed;
    this.entries = [];
    this.gone = new Set();
    this.take(true);
    this.away = false;
    this.ended = "";
    this.slowed = "";
    this.wait = SOON_MS;
    window.addEventListener("online", () => this.flush());
    window.addEventListener("storage", (event) => event.key === key && this.hear());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.flush());
  }

  take(newer) {
    const { entries = [], gone = [] } = this.held.read({});
    for (const token of gone) this.gone.add(token);
    merge(this.entries, entries, newer);
    this.entries = this.entries.filter(({ token }) => !this.gone.has(token));
  }

  /** Another tab kept something; should that tab close, this one sends it. */
  hear() {
    this.take(true);
    this.changed(this);
    if (!this.busy) this.later();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), this.wait);
  }

  keep() {
    this.take(false);
    this.held.write({ entries: this.entries, gone: [...this.gone] });
    this.changed(this);
  }

  add(form, label) {
    const entry = { token: drawn(), form, label, state: "waiting", told: null };
    this.entries.push(entry);
    this.keep();
    this.flush();
    return entry;
  }

  again(token, form) {
    const entry = this.entries.find((one) => one.token === token);
    if (!entry) return;
    Object.assign(entry, { state: "waiting", told: null, form: form ?? entry.form });
    this.keep();
    this.flush();
  }

  remove(token) {
    this.gone.add(token);
    this.keep();
  }

  get waiting() {
    return this.entries.filter(({ state }) => state === "waiting");
  }

  async flush() {
    if (this.busy || this.ended) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      for (let entry = this.waiting[0]; entry; entry = this.waiting[0]) {
        this.slowed = "";
        const { status, told } = await post(this.address, { ...entry.form, token: entry.token });
        this.away = false;
        if (status === GIVEN_UP) {
          this.ended = told.error || String(status);
          break;
        }
        if (status === TOO_MUCH) this.slowed = told.error || "";
        if (LATER.has(status)) throw new Error(String(status));
        entry.state = status < 300 ? "sent" : "wrong";
        entry.told = told;
        this.wait = SOON_MS;
        this.keep();
      }
    } catch {
      this.away = !this.slowed;
      this.later();
      this.wait = Math.min(this.wait * 1.5, LATEST_MS);
    } finally {
      this.busy = false;
      this.changed(this);
    }
  }
}

/** Ask again and again for what came, and tell when it differs. */
export class Feed {
  constructor(address, every_ms, told) {
    Object.assign(this, { address, every_ms, told, tag: "", away: false });
  }

  async start() {
    await this.ask();
    this.timer = setTimeout(() => this.start(), this.every_ms);
  }

  async ask() {
    if (document.visibilityState === "hidden" && this.tag) return;
    try {
      const response = await fetch(this.address, { credentials: "omit", cache: "no-cache" });
      const back = this.away;
      this.away = false;
      const found = await response.json();
      if (!response.ok) throw new Error(found.error);
      const tag = response.headers.get("ETag") ?? "";
      if (tag !== this.tag || back) this.told(found, this);
      this.tag = tag;
    } catch {
      this.away = true;
      this.told(null, this);
    }
  }
}

/** Fill the braces of a text. */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Whether something is there that did not arrive: waiting, not taken, or typed in half. */
function isUnsent(text) {
  const found = JSON.parse(text ?? "{}");
  const isTyped = ({ values }) => Object.values(values ?? {}).some((value) => String(value).trim());
  return (found?.entries ?? []).some(({ state }) => state !== "sent")
    || (found?.rows ?? []).some((row) => row?.state !== "sent" && isTyped(row));
}

/** Forget what a workshop that is over left here. */
export function sweep(id, ends) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith("plein:workshop:")) continue;
      const found = JSON.parse(localStorage.getItem(key) ?? "{}");
      if (found?.ends && found.ends < Date.now()) {
        const other = key.split(":")[2];
        const mine = Object.keys(localStorage).filter((each) => each.startsWith(`plein:workshop:${other}:`));
        // What was not sent stays, whatever the day: somebody may still write it down.
        for (const each of mine) if (!isUnsent(localStorage.getItem(each))) localStorage.removeItem(each);
      }
    }
    localStorage.setItem(`plein:workshop:${id}:until`, JSON.stringify({ ends }));
  } catch {
    // Storage is forbidden.
  }
}
