/** The owner's band design before there is an agreement: to show what the rules mean for the owner's own file, and how many bands do. */

import type { Store } from '../ui/store.ts';
import { numberOfFile, suggestedBands, suggestionSource, withBandsByPage } from './band-choice.ts';
import { bindingsOf } from './bindings.ts';
import { missingOn } from './missing.ts';
import type { DataHandle } from './services.ts';
import type { PartyState } from './state.ts';
import { randomHex16 } from './terms.ts';

/** Typing into a number field should not start a design with every digit. */
const TYPING_PAUSE_MS = 300;

/** What is made here, and shown on the Rules step. */
type Part = 'design' | 'bandAdvice';

export class DesignPreview {
  readonly #store: Store<PartyState>;
  readonly #data: DataHandle;
  /** What each part shown, or under way, is made from. */
  readonly #sources = new Map<Part, string>();
  readonly #timers = new Map<Part, ReturnType<typeof setTimeout>>();

  constructor(store: Store<PartyState>, data: DataHandle) {
    this.#store = store;
    this.#data = data;
  }

  /** Makes anew what has become out of date: the design depends on the number of bands, advice on what is known of the list. */
  refresh(): void {
    const state = this.#store.getSnapshot();
    if (state.role !== 'owner' || state.file.kind !== 'ready' || missingOn(2, state).length > 0) return;
    const { api } = this.#data;
    const { keys, bands } = state.rules;
    const fields = bindingsOf(state);
    const file = [numberOfFile(state.file.summary), state.cleaning.steps, fields, keys];
    this.#renew('design', [file, bands], async () => {
      await api.bindFields(fields);
      return { design: await api.designKeys(keys, randomHex16(), bands, undefined) };
    });
    this.#renew('bandAdvice', suggestionSource(state), async () => {
      const bandAdvice = await suggestedBands(this.#data, state);
      return { bandAdvice, rules: withBandsByPage(this.#store.getSnapshot().rules, bandAdvice) };
    });
  }

  #renew(part: Part, madeFrom: unknown, make: () => Promise<Partial<Pick<PartyState, Part | 'rules'>>>): void {
    const source = JSON.stringify(madeFrom);
    if (source === this.#sources.get(part)) return;
    this.#sources.set(part, source);
    this.#store.update({ [part]: undefined });
    clearTimeout(this.#timers.get(part));
    const isCurrent = () => this.#sources.get(part) === source;
    const update = async () => {
      try {
        const made = await make();
        if (!isCurrent()) return;
        this.#store.update(made);
        // Another number of bands is another design.
        if (made.rules) this.refresh();
      } catch {
        // Whatever is wrong with these columns is said where terms are proposed; here it only leaves chart and advice away.
        if (isCurrent()) this.#sources.delete(part);
      }
    };
    this.#timers.set(part, setTimeout(update, TYPING_PAUSE_MS));
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }
}
