/** The runs of a linkage unit: they wait for CLKs, are computed one after another, and can be deleted at any time. */
import type { ProbabilisticOptions } from '../compare/probabilistic-solver.ts';
import { WorkerStopped } from '../threads/lifeline.ts';
import { t } from '../words/translate.ts';
import type { ClkUpload } from './clk-upload.ts';
import type { LinkageEngine } from './linkage-engine.ts';
import { LinkingError } from './linking-error.ts';
import { MAX_RUNS, type RunStage, type RunView } from './messages.ts';
import type { Project } from './project.ts';
import { type RunResult, type SharedOut, sharePermutations, shareResult } from './run-result.ts';
import { SAID } from './said.ts';

export interface UnitRun extends RunView {
  readonly notes: string;
  readonly result: RunResult | undefined;
}

export interface RunOptions {
  /** Similarity from 0 to 1 at which two rows count as a pair. */
  readonly threshold: number;
  /** Probabilistic solving: groups merge when this share of the pairs between them was seen. Greedy without. */
  readonly mergeThreshold?: number | undefined;
  readonly name?: string;
  readonly notes?: string;
}

/** What runs need of the linkage unit. */
export interface RunHost {
  readonly engine: LinkageEngine;
  /** The project and the CLKs of all providers; undefined while something is missing. */
  ready(): { readonly project: Project; readonly uploads: readonly ClkUpload[] } | undefined;
  changed(): void;
  /** @param sizes rows of each provider that took part */
  giveOut(run: number, results: SharedOut['providers'], sizes: readonly number[]): void;
}

interface Run {
  view: UnitRun;
  readonly abort: AbortController;
}

/** What goes to all pages of the room, in English as far as it is known. */
export function messageOf(error: unknown): string {
  const message = error instanceof WorkerStopped ? error.english : error instanceof Error ? error.message : error;
  return String(message).slice(0, 1_000);
}

export class UnitRuns {
  #runs: readonly Run[] = [];
  #next = 1;
  #computing = false;

  readonly #host: RunHost;

  constructor(host: RunHost) {
    this.#host = host;
  }

  get views(): readonly UnitRun[] {
    return this.#runs.map(({ view }) => view);
  }

  has(id: number): boolean {
    return this.#runs.some(({ view }) => view.id === id);
  }

  /**
   * Adds a run; it waits for missing CLKs and for the runs before it.
   * @returns its number
   * @throws LinkingError when a threshold is none, or there are too many runs
   */
  start({ threshold, mergeThreshold, name = '', notes = '' }: RunOptions): number {
    if (!(threshold > 0 && threshold <= 1)) throw new LinkingError(t('The threshold must be above 0 and at most 1.'));
    if (mergeThreshold !== undefined && !(mergeThreshold >= 0 && mergeThreshold <= 1)) {
      throw new LinkingError(t('The merge threshold must be from 0 to 1.'));
    }
    if (this.#runs.length >= MAX_RUNS)
      throw new LinkingError(t('There are {{runs}} runs. Delete one first.', { runs: MAX_RUNS }));
    const id = this.#next++;
    const view: UnitRun = {
      id,
      name: name.slice(0, 200),
      notes,
      threshold,
      ...(mergeThreshold === undefined ? {} : { mergeThreshold }),
      stage: 'waiting for CLKs',
      done: 0,
      result: undefined,
    };
    this.#runs = [...this.#runs, { view, abort: new AbortController() }];
    this.#host.changed();
    void this.compute();
    return id;
  }

  /** Stops a run where it stands and forgets its result. */
  delete(id: number): void {
    const run = this.#runs.find(({ view }) => view.id === id);
    run?.abort.abort(new LinkingError(SAID.runDeleted));
    this.#runs = this.#runs.filter((other) => other !== run);
  }

  /** Fails the run that is being computed. */
  fail(why: string): void {
    for (const { view, abort } of this.#runs) {
      if (view.stage.startsWith('computing')) abort.abort(new LinkingError(why));
    }
  }

  /** Stops and forgets all runs. */
  end(why: string): void {
    for (const { abort } of this.#runs) abort.abort(new LinkingError(why));
    this.#runs = [];
  }

  /** Computes waiting runs one after another, as long as all CLKs are there. */
  async compute(): Promise<void> {
    if (this.#computing) return;
    this.#computing = true;
    for (;;) {
      const run = this.#runs.find(({ view }) => view.stage === 'waiting for CLKs');
      const ready = this.#host.ready();
      if (!run || !ready) break;
      try {
        const { unit, providers } = await this.#computeRun(run, ready.project, ready.uploads);
        run.abort.signal.throwIfAborted();
        this.#update(run, { stage: 'completed', done: 1, result: unit });
        this.#host.giveOut(
          run.view.id,
          providers,
          ready.uploads.map(({ clks }) => clks.rows),
        );
      } catch (error) {
        const why: unknown = run.abort.signal.aborted ? run.abort.signal.reason : error;
        this.#update(run, { stage: 'failed', done: 0, message: messageOf(why) });
      }
    }
    this.#computing = false;
  }

  async #computeRun(run: Run, project: Project, uploads: readonly ClkUpload[]): Promise<SharedOut> {
    const { engine } = this.#host;
    const { signal } = run.abort;
    const stage = (stage: RunStage) => {
      signal.throwIfAborted();
      this.#update(run, { stage, done: 0 });
      // The wire carries whole percents: more would only cost messages.
      const onProgress = (share: number) => {
        const done = Math.floor(100 * Math.min(1, Math.max(0, share))) / 100;
        if (done > run.view.done) this.#update(run, { done });
      };
      return { signal, onProgress };
    };
    const { threshold, mergeThreshold } = run.view;
    const pairs = await engine.compare(uploads, threshold, stage('computing similarity scores'));
    const control = stage('computing output');
    const type = project.resultType;
    if (type === 'similarity scores') return shareResult(project, { type, pairs });
    const probabilistic: ProbabilisticOptions | undefined =
      mergeThreshold === undefined ? undefined : { mergeThreshold, deduplicated: true };
    const groups = await engine.solve(pairs, control, probabilistic);
    if (type !== 'permutations and mask') return shareResult(project, { type, groups });
    const sizes = uploads.map(({ clks }) => clks.rows);
    return sharePermutations(await engine.permute(groups, sizes, control));
  }

  #update(run: Run, change: Partial<UnitRun>): void {
    run.view = { ...run.view, ...change };
    if (this.#runs.includes(run)) this.#host.changed();
  }
}
