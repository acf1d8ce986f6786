/** Which step the person is at. */
import type { Store } from '../ui/store.ts';
import type { DesignPreview } from './design-preview.ts';
import type { Meeting } from './meeting.ts';
import { firstMissing } from './missing.ts';
import { isRunOpen, type PartyState, RULES_STEP, RUN_STEP, type StepIndex } from './state.ts';

export class StepController {
  readonly #store: Store<PartyState>;
  readonly #design: DesignPreview;
  readonly #meeting: Meeting;

  constructor(store: Store<PartyState>, design: DesignPreview, meeting: Meeting) {
    this.#store = store;
    this.#design = design;
    this.#meeting = meeting;
  }

  /** Goes to a step, or to the first one on the way that lacks something, and shows what. No way back from a run. */
  goTo(target: StepIndex): void {
    const state = this.#store.getSnapshot();
    if (isRunOpen(state) || state.returning || target === state.step) return;
    if (target < state.step) {
      this.#store.update({ step: target, missing: [] });
      void this.#meeting.withdraw();
      this.showDesign();
      return;
    }
    const stop = firstMissing(target, state);
    this.#store.update(stop ? { step: stop.step, missing: stop.missing } : { step: target, missing: [] });
    this.showDesign();
    void this.#meeting.speak();
  }

  /** The chart on the Rules step follows the owner's own file. */
  showDesign(): void {
    if (this.#store.getSnapshot().step === RULES_STEP) this.#design.refresh();
  }

  next(): void {
    const { step } = this.#store.getSnapshot();
    if (step < RUN_STEP) this.goTo((step + 1) as StepIndex);
  }

  back(): void {
    const { step } = this.#store.getSnapshot();
    if (step > 0) this.goTo((step - 1) as StepIndex);
  }
}
