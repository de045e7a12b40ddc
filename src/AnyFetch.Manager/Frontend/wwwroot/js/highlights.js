/** Walks over the marked words of a document. */
export class Highlights {
  #marks;
  #at = -1;

  constructor(root) {
    this.#marks = [...root.querySelectorAll('.anyfetch-hlt')].filter(mark => mark.getClientRects().length > 0);
  }

  get count() {
    return this.#marks.length;
  }

  /** "2 of 7". */
  get label() {
    return this.#at < 0 ? `${this.count} ${this.count === 1 ? 'match' : 'matches'}` : `${this.#at + 1} of ${this.count}`;
  }

  /** Shows the next (1) or previous (-1) one, and starts over at the end. */
  move(step) {
    if (this.count === 0) {
      return;
    }
    this.#marks[this.#at]?.classList.remove('current');
    this.#at = this.#at < 0 && step < 0 ? this.count - 1 : (this.#at + step + this.count) % this.count;
    this.#marks[this.#at].classList.add('current');
    this.#marks[this.#at].scrollIntoView({ block: 'center', behavior: 'auto' });
  }
}
