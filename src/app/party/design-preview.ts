/** The owner's band design before there is an agreement: to show what his rules mean for his own file, and how many bands do. */
import { bindingsOf } from './bindings.ts';
import { missingOn } from './missing.ts';
import type { DataHandle } from './services.ts';
import type { PartyState } from './state.ts';
import type { Store } from './store.ts';
import { randomHex16 } from './terms.ts';

/** Typing into a number field should not start a design with every digit. */
const TYPING_PAUSE_MS = 300;

export class DesignPreview {
  readonly #store: Store<PartyState>;
  readonly #data: DataHandle;
  /** What the design shown, and the advice shown, were made from. */
  #made = '';
  #advised = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store<PartyState>, data: DataHandle) {
    this.#store = store;
    this.#data = data;
  }

  /** Makes the design anew where file, fields, number of bands or kind of keys have changed; advice depends on the list, not on that number. */
  refresh(): void {
    const state = this.#store.getSnapshot();
    if (state.role !== 'owner' || state.file.kind !== 'ready' || missingOn(2, state).length > 0) return;
    const { keys, bands } = state.rules;
    const { name, bytes, options } = state.file.summary;
    const file = [name, bytes, options, bindingsOf(state), keys];
    const source = JSON.stringify([file, bands]);
    const adviceSource = JSON.stringify([file, state.negotiation?.list?.emptyShares]);
    if (source === this.#made && adviceSource === this.#advised) return;
    this.#store.update({
      ...(source !== this.#made && { design: undefined }),
      ...(adviceSource !== this.#advised && { bandAdvice: undefined }),
    });
    this.#made = source;
    this.#advised = adviceSource;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#make(source, adviceSource), TYPING_PAUSE_MS);
  }

  async #make(source: string, adviceSource: string): Promise<void> {
    const state = this.#store.getSnapshot();
    const { api } = this.#data;
    const { keys, bands } = state.rules;
    try {
      await api.bindFields(bindingsOf(state));
      if (state.design === undefined) {
        const design = await api.designKeys(keys, randomHex16(), bands);
        if (source === this.#made) this.#store.update({ design });
      }
      if (state.bandAdvice === undefined && adviceSource === this.#advised) {
        const bandAdvice = await api.suggestBands(keys, randomHex16(), state.negotiation?.list?.emptyShares);
        if (adviceSource === this.#advised) this.#store.update({ bandAdvice });
      }
    } catch {
      // Whatever is wrong with these columns is said where terms are proposed; here it only leaves chart and advice away.
      if (source === this.#made) this.#made = '';
      if (adviceSource === this.#advised) this.#advised = '';
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
