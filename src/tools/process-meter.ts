/** Processor time and memory of a browser's processes, sampled while a run goes, so that each stage can be given its share. */

export interface ProcessSample {
  /** Seconds since the meter started. */
  readonly time: number;
  /** Processor time of all processes since they started, seconds. */
  readonly cpuSeconds: number;
  /** Highest resident memory of a page's process so far, bytes; undefined where the system does not tell. */
  readonly peakMemoryBytes: number | undefined;
}

const SAMPLE_EVERY_MS = 250;

export class ProcessMeter {
  readonly #samples: ProcessSample[] = [];
  readonly #take: () => Promise<Omit<ProcessSample, 'time'>>;
  readonly #start = performance.now();
  readonly #timer: ReturnType<typeof setInterval>;
  #busy = false;

  private constructor(take: () => Promise<Omit<ProcessSample, 'time'>>) {
    this.#take = take;
    this.#timer = setInterval(() => void this.#sample(), SAMPLE_EVERY_MS);
  }

  static async start(take: () => Promise<Omit<ProcessSample, 'time'>>): Promise<ProcessMeter> {
    const meter = new ProcessMeter(take);
    await meter.#sample();
    return meter;
  }

  /** Seconds since the meter started. */
  get elapsed(): number {
    return (performance.now() - this.#start) / 1000;
  }

  /** Takes the last sample and gives all of them. */
  async stop(): Promise<readonly ProcessSample[]> {
    clearInterval(this.#timer);
    this.#busy = false;
    await this.#sample();
    return this.#samples;
  }

  async #sample(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const sample = await this.#take();
      this.#samples.push({ time: this.elapsed, ...sample });
    } catch {
      // A browser that is being closed does not answer any more; what was sampled before counts.
    } finally {
      this.#busy = false;
    }
  }
}

/** Processor time between two moments (seconds since the meter started), samples joined by straight lines. */
export function cpuBetween(samples: readonly ProcessSample[], from: number, to: number): number {
  return cpuAt(samples, to) - cpuAt(samples, from);
}

/** The highest memory seen up to a moment, or undefined. */
export function peakMemoryUntil(samples: readonly ProcessSample[], to: number): number | undefined {
  const reached = samples.findIndex(({ time }) => time >= to);
  return samples[reached === -1 ? samples.length - 1 : reached]?.peakMemoryBytes;
}

function cpuAt(samples: readonly ProcessSample[], moment: number): number {
  const next = samples.findIndex(({ time }) => time >= moment);
  const after = samples[next === -1 ? samples.length - 1 : next];
  const before = samples[next === -1 ? samples.length - 1 : next - 1] ?? after;
  if (!after || !before) return 0;
  if (after.time <= before.time) return after.cpuSeconds;
  const share = Math.min(1, Math.max(0, (moment - before.time) / (after.time - before.time)));
  return before.cpuSeconds + share * (after.cpuSeconds - before.cpuSeconds);
}
