/** What the server suggests while a person types: the newest question alone is answered. */

const WAIT_MS = 20; // letters that come quicker than this one after the other are one question

export class Suggesting {
  /** @param {(told: {suggestions?: object[], failed?: boolean}) => void} answered */
  constructor(answered) {
    this.answered = answered;
  }

  /** Ask, in the body of a POST: what a person types stands in no address and no log. */
  ask(address, question) {
    this.stop();
    const pause = performance.now() - (this.last ?? -Infinity);
    this.last = performance.now();
    this.timer = setTimeout(() => this.send(address, question), pause > WAIT_MS ? 0 : WAIT_MS);
  }

  async send(address, question) {
    const asked = (this.asked = new AbortController());
    try {
      const response = await fetch(new URL(address, document.baseURI), {
        method: "POST",
        body: JSON.stringify(question),
        credentials: "same-origin",
        headers: { "Content-Type": "application/json" },
        signal: asked.signal,
      });
      if (!response.ok) throw new Error(String(response.status));
      const { suggestions } = await response.json();
      if (!Array.isArray(suggestions)) throw new Error("no suggestions");
      if (this.asked === asked) this.answered({ suggestions });
    } catch {
      if (this.asked === asked) this.answered({ failed: true });
    }
  }

  /** Let what is still on its way arrive for nobody. */
  stop() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.asked = null;
  }
}
