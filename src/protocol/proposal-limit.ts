/** How many proposals a page takes from the other one before the run, for as long as the two are in one room. */
import { ProtocolError } from './conversation.ts';

/**
 * Every list makes the owner's page look at their file for another number of bands, and every proposal of terms the researcher's at
 * their list for what it lacks; what comes of it is said to the other side. People who try things out stay far below.
 */
const MOST = { terms: 100, list: 30 };
const WORDS = {
  terms: `the data owner has proposed terms ${MOST.terms} times`,
  list: `the researcher has offered a list ${MOST.list} times`,
};

export class ProposalLimit {
  readonly #taken = { terms: 0, list: 0 };

  /** @throws ProtocolError where there were as many as a room takes */
  take(kind: keyof typeof MOST): void {
    if (this.#taken[kind] >= MOST[kind]) {
      throw new ProtocolError(`${WORDS[kind]} in this room, which takes no more before a run: make a new room`);
    }
    this.#taken[kind] += 1;
  }
}
