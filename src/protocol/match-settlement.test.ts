import { expect, it } from 'vitest';
import { seededRandom } from '../keys/random.ts';
import type { MatchedRows } from '../psi/labels.ts';
import { playRun } from '../testing/reloading-run.ts';
import { madeUpPeople } from '../testing/simulation/people.ts';
import { PlainPool } from '../testing/simulation/plain-pool.ts';
import { ThinChannel } from '../testing/simulation/thin-channel.ts';
import { ComputerClock, VirtualClock } from '../testing/simulation/virtual-clock.ts';
import type { SealCalls, SealTasks } from './seal-port.ts';

const people = madeUpPeople(4, seededRandom([3]).unit);
/** Values that two bands have shown by chance, and no row of the owner's bears. */
const CHANCE = Float64Array.from({ length: 5 }, (_, i) => 8_000_000_000 + i);

/** A pool whose worker settles who matches as `change` says; `seen`: what is encrypted in the end. */
function poolThat(
  change: (found: Awaited<ReturnType<SealCalls['matchedLabels']>>) => typeof found,
  seen: MatchedRows[],
) {
  const instant = new ComputerClock(new VirtualClock());
  instant.sleep = async () => {};
  const pool = new PlainPool(1, people.agreement, instant, seededRandom([1]).unit);
  const changed = (worker: SealCalls) =>
    new Proxy(worker, {
      get: (calls, name) => {
        if (name === 'matchedLabels') return async (threshold: number) => change(await calls.matchedLabels(threshold));
        if (name !== 'encryptMatched') return (Reflect.get(calls, name) as () => unknown).bind(calls);
        return (...[agreement, matched]: Parameters<SealCalls['encryptMatched']>) => {
          seen.push(matched);
          return calls.encryptMatched(agreement, matched);
        };
      },
    });
  return {
    size: 1,
    run: (task) => pool.run((worker) => task(changed(worker))),
    all: (task) => pool.all((worker, index) => task(changed(worker), index)),
    first: (task) => pool.first((worker) => task(changed(worker))),
  } satisfies SealTasks;
}

async function runWith(change: Parameters<typeof poolThat>[0]) {
  const { agreement, listKeys, listValues, listStrata, dataKeys, columns } = people;
  const common = { agreement, onProgress: () => {}, signal: new AbortController().signal, version: 'test' };
  const seen: MatchedRows[] = [];
  const clock = { now: () => 0, sleep: async () => {} };
  const { ends } = await playRun({
    researcher: { ...common, clock, keys: listKeys, strata: listStrata, listValues: async () => listValues },
    owner: { ...common, keys: dataKeys, columns, onRelease: () => {} },
    newPool: () => poolThat(change, seen),
    wrap: (channel) => new ThinChannel(channel),
    reloads: [],
  });
  const [result] = ends;
  if (result.status === 'rejected') throw result.reason;
  return { matches: result.value.matches, sent: seen[0] as MatchedRows };
}

it.each([0, 1])(
  'of labels that are doubted those are left out that the owner does not show again (%i)',
  async (doubted) => {
    const found: Float64Array[] = [];
    const { matches, sent } = await runWith(({ labels, records, doubtful }) => {
      found.push(labels.slice());
      return {
        labels: Float64Array.of(...CHANCE, ...labels),
        records: Uint32Array.of(...CHANCE.map((_, i) => records[i] as number), ...records),
        doubtful: Uint8Array.of(...CHANCE.map(() => 1), ...doubtful.fill(doubted)),
      };
    });
    expect(found[0]?.length).toBeGreaterThan(5);
    expect(sent.labels).toEqual(found[0]);
    expect(matches).toBe(found[0]?.length);
  },
);

it('a label that is not doubted is taken as it is, and each in the stratum of its record', async () => {
  const found: Uint32Array[] = [];
  const { sent } = await runWith(({ labels, records, doubtful }) => {
    found.push(records.slice());
    return { labels, records, doubtful: doubtful.fill(0) };
  });
  const [records] = found;
  expect(sent.strata).toEqual(records?.map((record) => people.listStrata?.of[record] ?? 0));
});
