import { expect, it } from 'vitest';
import { seededRandom } from '../keys/random.ts';
import { playRun } from '../testing/reloading-run.ts';
import { madeUpPeople } from '../testing/simulation/people.ts';
import { PlainPool } from '../testing/simulation/plain-pool.ts';
import { ThinChannel } from '../testing/simulation/thin-channel.ts';
import { ComputerClock, VirtualClock } from '../testing/simulation/virtual-clock.ts';
import { weighingPeriod } from './session.ts';

const people = madeUpPeople(4, seededRandom([3]).unit);

/** When `label-query` leaves, in milliseconds after weighing began that took so long. */
async function leavesAfter(weighing: number): Promise<number> {
  const { agreement, listKeys, listValues, listStrata, dataKeys, columns } = people;
  const common = { agreement, onProgress: () => {}, signal: new AbortController().signal, version: 'test' };
  let time = 12_345;
  let begun = 0;
  let left = 0;
  const clock = {
    now: () => time,
    sleep: async (milliseconds: number) => {
      time += milliseconds;
    },
  };
  const { ends } = await playRun({
    researcher: {
      ...common,
      clock,
      keys: listKeys,
      strata: listStrata,
      listValues: async () => {
        begun = time;
        time += weighing;
        return listValues;
      },
    },
    owner: { ...common, keys: dataKeys, columns, onRelease: () => {} },
    newPool: () => {
      const instant = new ComputerClock(new VirtualClock());
      instant.sleep = async () => {};
      return new PlainPool(1, agreement, instant, seededRandom([1]).unit);
    },
    wrap: (channel) => new ThinChannel(channel),
    rewrite: (role, _lives, message) => {
      if (role === 'owner' && message.kind === 'label-query') left = time;
      return message;
    },
    reloads: [],
  });
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  return left - begun;
}

it('however long weighing takes, the researcher goes on at a whole multiple of what the agreement says', async () => {
  const period = weighingPeriod(people.agreement);
  expect(period).toBe(301);
  for (const [weighing, left] of [
    [0, 1],
    [1, 1],
    [100, 1],
    [300, 1],
    [301, 2],
    [1000, 4],
  ] as const) {
    expect(await leavesAfter(weighing)).toBe(left * period);
  }
});
