/** How many bands the owner's terms ask for: the page's decision, until the person sets a number. */
import { type BandSuggestion, type ListFigures, lacksField } from '../../keys/band-rule.ts';
import type { TableSummary } from '../../table/table.ts';
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

interface Suggested {
  readonly madeFrom: string;
  readonly bands: Promise<BandSuggestion>;
}

const suggested = new WeakMap<DataHandle, Suggested>();

/** What both files need, as far as they are known. It takes seconds, so the Rules step and the terms have one search together. */
export function suggestedBands(data: DataHandle, state: PartyState): Promise<BandSuggestion> {
  const madeFrom = suggestionSource(state);
  const before = suggested.get(data);
  if (before?.madeFrom === madeFrom) return before.bands;
  const bands = searchBands(data, state);
  suggested.set(data, { madeFrom, bands });
  bands.catch(() => {
    if (suggested.get(data)?.bands === bands) suggested.delete(data);
  });
  return bands;
}

const files = new WeakMap<TableSummary, number>();
let filesSeen = 0;

/** A number for each reading of a file: others may have the same name and length. */
export function numberOfFile(summary: TableSummary): number {
  const known = files.get(summary) ?? ++filesSeen;
  files.set(summary, known);
  return known;
}

/** Of the same table, described anew. */
export function keepNumberOfFile(before: TableSummary, after: TableSummary): void {
  files.set(after, numberOfFile(before));
}

/** Everything that a suggestion follows from. */
export function suggestionSource(state: PartyState): string {
  const { file, cleaning, rules } = state;
  const read = file.kind === 'ready' ? numberOfFile(file.summary) : undefined;
  return JSON.stringify([read, cleaning.steps, bindingsOf(state), rules.keys, listFigures(state)]);
}

async function searchBands({ api }: DataHandle, state: PartyState): Promise<BandSuggestion> {
  await api.bindFields(bindingsOf(state));
  return api.suggestBands(state.rules.keys, randomHex16(), listFigures(state));
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
    const source = suggestionSource(state);
    if (source !== this.#decided) {
      const bandAdvice = await suggestedBands(this.#data, state);
      this.#decided = source;
      this.#store.update({ bandAdvice, rules: withBandsByPage(this.#store.getSnapshot().rules, bandAdvice) });
    }
    return this.#store.getSnapshot();
  }
}
