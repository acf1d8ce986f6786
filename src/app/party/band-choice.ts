/** How many bands the owner's terms ask for: the page's decision, until the person sets a number. */
import { type BandSuggestion, type ListFigures, lacksField } from '../../keys/band-rule.ts';
import type { Store } from '../ui/store.ts';
import { bindingsOf } from './bindings.ts';
import type { DataHandle } from './services.ts';
import type { PartyState, RuleState } from './state.ts';
import { randomHex16 } from './terms.ts';

/** What is known of the list, once the researcher has said how long it is and what it lacks. */
export function listFigures({ negotiation }: PartyState): ListFigures {
  const list = negotiation?.list;
  return { empty: list?.emptyShares, rows: list?.listRows };
}

/** The rules with the numbers that the page has decided on, where it is to decide. */
export function withBandsByPage(rules: RuleState, { bands, agreeingBands }: BandSuggestion): RuleState {
  return rules.bandsByPage ? { ...rules, bands, agreeingBands } : rules;
}

/**
 * The list's shares of rows without a value, where the page decides and a field is as good as lacking there: then the keys are designed for
 * that. Otherwise undefined, so that keys made before the list was known can stay.
 */
export function lackedByList(state: PartyState): readonly number[] | undefined {
  const empty = state.negotiation?.list?.emptyShares;
  return state.rules.bandsByPage && empty && lacksField(empty) ? empty : undefined;
}

/** Decides once for the same files. */
export class BandChoice {
  readonly #store: Store<PartyState>;
  readonly #data: DataHandle;
  /** What was decided last, from what. */
  #decided: string | undefined;

  constructor(store: Store<PartyState>, data: DataHandle) {
    this.#store = store;
    this.#data = data;
  }

  /** Where the page is to decide, the number of bands for both files as far as they are known. Gives the state with it. */
  async decide(state: PartyState): Promise<PartyState> {
    if (state.file.kind !== 'ready' || !state.rules.bandsByPage) return state;
    const { keys } = state.rules;
    const { name, bytes } = state.file.summary;
    const list = listFigures(state);
    const source = JSON.stringify([name, bytes, bindingsOf(state), keys, list]);
    if (source !== this.#decided) {
      const { api } = this.#data;
      await api.bindFields(bindingsOf(state));
      const bandAdvice = await api.suggestBands(keys, randomHex16(), list);
      this.#decided = source;
      this.#store.update({ bandAdvice, rules: withBandsByPage(this.#store.getSnapshot().rules, bandAdvice) });
    }
    return this.#store.getSnapshot();
  }
}
