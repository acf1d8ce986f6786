/** What each side says before there is an agreement: the owner's terms, the researcher's list. Said again when it changed. */

import { proxy } from 'comlink';
import { type KeyDesign, roundUpRows } from '../../agreement/agreement.ts';
import type { Negotiation } from '../../protocol/negotiation.ts';
import type { TableSummary } from '../../table/table.ts';
import type { Store } from '../ui/store.ts';
import { BandChoice, lackedByList } from './band-choice.ts';
import { bindingsOf, payloadColumns } from './bindings.ts';
import { groupedColumns, groupLabels } from './group-ranges.ts';
import { firstMissing } from './missing.ts';
import type { DataHandle } from './services.ts';
import { CONNECT_STEP, type PartyState } from './state.ts';
import { offeredStrata } from './strata.ts';
import { studyOf } from './study-words.ts';
import { tablePlans } from './tables.ts';
import { buildTerms, type GroupChoice, perturbationOf, randomHex16 } from './terms.ts';

/** Everything the owner's terms follow from: when it changes, new terms have to be proposed. */
function termsSource(state: PartyState): string {
  const groups = groupedColumns(state).map(({ name, column, edges }) => [name, edges, state.groups[column]]);
  const file =
    state.file.kind === 'ready'
      ? [state.file.summary.name, state.file.summary.bytes, state.file.summary.options, state.cleaning.steps]
      : [];
  return JSON.stringify([
    file,
    bindingsOf(state),
    groups,
    payloadColumns(state),
    tablePlans(state),
    state.rules,
    state.study,
    lackedByList(state),
  ]);
}

export class Offer {
  readonly #store: Store<PartyState>;
  readonly #data: DataHandle;
  readonly #negotiation: () => Negotiation | undefined;
  readonly #bandChoice: BandChoice;
  /** What the last proposal or offer was made from, and to whom, so that only a change is said again. */
  #said: { readonly to: Negotiation; readonly source: string } | undefined;
  /** The owner's band design, and the reading of the file and the rules it was made for: kept for later rooms too. */
  #prepared: { readonly file: TableSummary; readonly rules: string; readonly design: Promise<KeyDesign> } | undefined;
  #saying = false;
  #sayAgain = false;

  /** `negotiation`: the one under way. */
  constructor(store: Store<PartyState>, data: DataHandle, negotiation: () => Negotiation | undefined) {
    this.#store = store;
    this.#data = data;
    this.#negotiation = negotiation;
    this.#bandChoice = new BandChoice(store, data);
  }

  /**
   * On the Connect step: the owner proposes their terms, then the researcher says how long their list is and what share of it lacks
   * a value in each of the owner's fields; again when that changed.
   */
  async speak(): Promise<void> {
    const state = this.#store.getSnapshot();
    const negotiation = this.#negotiation();
    const ready = state.step === CONNECT_STEP && state.run.kind === 'idle' && !firstMissing(CONNECT_STEP, state);
    if (negotiation === undefined || !ready) return;
    if (this.#saying) {
      this.#sayAgain = true;
      return;
    }
    this.#saying = true;
    try {
      if (state.role === 'owner') await this.#propose(negotiation, state);
      else await this.#offerList(negotiation, state);
    } catch (error) {
      // Said to a page that was reloaded meanwhile: it is said anew.
      if (negotiation !== this.#negotiation()) this.#sayAgain = true;
      else this.#failed(error);
    } finally {
      this.#saying = false;
    }
    if (this.#sayAgain) {
      this.#sayAgain = false;
      await this.speak();
    }
  }

  #failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#store.update({ proposal: { preparing: false, error: message } });
  }

  async #propose(negotiation: Negotiation, before: PartyState): Promise<void> {
    // It may take long to decide on bands, and the person is to know whom the other one waits for.
    if (this.#said?.to !== negotiation) this.#store.update({ proposal: { preparing: true } });
    const state = await this.#bandChoice.decide(before);
    const source = termsSource(state);
    if (state.file.kind !== 'ready' || !this.#isNews(negotiation, source)) return;
    this.#store.update({ proposal: { preparing: true } });
    const fields = bindingsOf(state);
    const keys = await this.#prepareBandKeys(state);
    const terms = buildTerms({
      fields: fields.map(({ column: _, ...field }) => field),
      keys,
      agreeingBands: state.rules.agreeingBands,
      groups: groupedColumns(state).flatMap(({ name, column, edges }): GroupChoice[] => {
        const labels = groupLabels(state, column);
        return labels === undefined ? [] : [{ name, labels, edges }];
      }),
      payloads: payloadColumns(state),
      tables: tablePlans(state),
      statistics: state.rules.statistics,
      minimumGroupSize: state.rules.minimumGroupSize,
      missingValues: state.rules.missingValues,
      perturbation: perturbationOf(state.rules),
      study: studyOf(state.study),
      rows: state.file.summary.rows,
      nonce: randomHex16(),
    });
    await negotiation.propose(terms);
    this.#store.update({ proposal: { preparing: false }, agreementSent: true });
  }

  /** Owner: decides on bands and makes their keys, before anybody asks. */
  async prepare(): Promise<void> {
    await this.#prepareBandKeys(await this.#bandChoice.decide(this.#store.getSnapshot()));
  }

  /** The design for the owner's file and rules, and in the background the keys as far as they depend on no session. */
  async #prepareBandKeys(state: PartyState): Promise<KeyDesign> {
    if (state.file.kind !== 'ready') throw new Error('No file is loaded.');
    const file = state.file.summary;
    const { keys, bands } = state.rules;
    const rules = JSON.stringify([bindingsOf(state), keys, bands, lackedByList(state)]);
    if (this.#prepared?.file === file && this.#prepared.rules === rules) return this.#prepared.design;
    const show = (done: number) => {
      if (this.#prepared === prepared) this.#store.update({ keysPrepared: { done, bands } });
    };
    const prepared = { file, rules, design: this.#makeKeys(state, show) };
    this.#prepared = prepared;
    show(0);
    prepared.design.catch(() => {
      if (this.#prepared === prepared) this.#prepared = undefined;
    });
    return prepared.design;
  }

  async #makeKeys(state: PartyState, onProgress: (bandsDone: number) => void): Promise<KeyDesign> {
    const { api } = this.#data;
    await api.bindFields(bindingsOf(state));
    const design = await api.designKeys(state.rules.keys, randomHex16(), state.rules.bands, lackedByList(state));
    // A fault in preparing ahead shows itself again, with words for people, when the keys are needed.
    api.prepareBandKeys(design, proxy(onProgress)).catch(() => {});
    return design;
  }

  async #offerList(negotiation: Negotiation, state: PartyState): Promise<void> {
    if (state.file.kind !== 'ready' || state.negotiation?.terms === undefined) return;
    const { name, rows } = state.file.summary;
    const fields = bindingsOf(state);
    const strata = offeredStrata(state);
    const source = JSON.stringify([name, rows, fields, state.cleaning.steps, state.study, strata]);
    if (!this.#isNews(negotiation, source)) return;
    await this.#data.api.bindFields(fields);
    const emptyShares = await this.#data.api.emptyShares();
    const study = studyOf(state.study);
    await negotiation.offerList({
      listRows: roundUpRows(rows),
      emptyShares,
      ...(study && { study }),
      ...(strata.length > 0 && { strata }),
      nonce: randomHex16(),
    });
    this.#store.update({ agreementSent: true });
  }

  /** Whether it is still to be said there. From now on it is not. */
  #isNews(to: Negotiation, source: string): boolean {
    if (this.#said?.to === to && this.#said.source === source) return false;
    this.#said = { to, source };
    return true;
  }
}
