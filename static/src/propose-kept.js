/** What somebody types, kept in their own tab: through a reload and a lost connection, and no longer. */

const BYTES = 24; // of the private link, drawn here so that what is sent twice is kept once

/** Draw the token of a private link: 32 letters. */
export function token() {
  const drawn = crypto.getRandomValues(new Uint8Array(BYTES));
  return btoa(String.fromCharCode(...drawn)).replaceAll("+", "-").replaceAll("/", "_");
}

/** sessionStorage and not localStorage: the next person at a shared computer opens another tab. */
export class Kept {
  constructor(about) {
    this.key = `plein:propose:${about}`;
  }

  read() {
    try {
      const found = JSON.parse(sessionStorage.getItem(this.key));
      return found && typeof found === "object" && !Array.isArray(found) ? found : {};
    } catch {
      return {}; // nothing there, or storage is forbidden
    }
  }

  write(values) {
    try {
      sessionStorage.setItem(this.key, JSON.stringify(values));
    } catch {
      // Storage is forbidden or full: what is typed then lives as long as the page.
    }
  }

  clear() {
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // Forbidden: nothing was kept.
    }
  }
}
