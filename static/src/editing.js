/** Sectors put in and out of a set, one by one or by a lasso. */

export class Editing {
  /** @param {{pane(id: string, z: number): string, tell(told: object): void}} page */
  constructor(map, page) {
    Object.assign(this, { map, page });
  }

  /** @param {object|null} asked what the page shows of it; null: nothing any more */
  show(asked, context, layers) {
    Object.assign(this, { asked, context, layers });
  }

  destroy() {
    this.show(null);
  }
}
