/** The owner's band design before there is an agreement: only to show what his rules mean for his own file. */
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
  #made = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store<PartyState>, data: DataHandle) {
    this.#store = store;
    this.#data = data;
  }

  /** Makes the design anew where file, fields, number of bands or kind of keys have changed. */
  refresh(): void {
    const state = this.#store.getSnapshot();
    if (state.role !== 'owner' || state.file.kind !== 'ready' || missingOn(2, state).length > 0) return;
    const { keys, bands } = state.rules;
    const { name, bytes, options } = state.file.summary;
    const source = JSON.stringify([name, bytes, options, bindingsOf(state), keys, bands]);
    if (source === this.#made) return;
    this.#made = source;
    this.#store.update({ design: undefined });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#make(source), TYPING_PAUSE_MS);
  }

  async #make(source: string): Promise<void> {
    const state = this.#store.getSnapshot();
    try {
      await this.#data.api.bindFields(bindingsOf(state));
      const design = await this.#data.api.designKeys(state.rules.keys, randomHex16(), state.rules.bands);
      if (source === this.#made) this.#store.update({ design });
    } catch {
      // Whatever is wrong with these columns is said where terms are proposed; here it only leaves the chart away.
      if (source === this.#made) this.#made = '';
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
