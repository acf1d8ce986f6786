/** A run of two pages in one thread, over workers that compute in the clear and a clock that waits for nobody. */
import { seededRandom } from '../../keys/random.ts';
import { playRun, type Reload, type ReloadRun } from '../reloading-run.ts';
import type { madeUpPeople } from './people.ts';
import { PlainPool } from './plain-pool.ts';
import { ThinChannel } from './thin-channel.ts';
import { ComputerClock, VirtualClock } from './virtual-clock.ts';

export class PromptClock extends ComputerClock {
  constructor() {
    super(new VirtualClock());
  }
  override sleep(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }
}

/** The real workers play in `protocol/run.long.browser.test.ts`. */
export function playPlain(
  { agreement, listKeys, listValues, listStrata, dataKeys, columns }: ReturnType<typeof madeUpPeople>,
  reloads: readonly Reload[],
  more: Partial<ReloadRun> = {},
) {
  const common = { agreement, onProgress: () => {}, signal: new AbortController().signal, version: 'test' };
  return playRun({
    researcher: {
      ...common,
      keys: listKeys,
      strata: listStrata,
      listValues: async () => listValues,
      clock: new PromptClock(),
    },
    owner: { ...common, keys: dataKeys, columns, onRelease: () => {} },
    newPool: () => new PlainPool(2, agreement, new PromptClock(), seededRandom([1]).unit),
    wrap: (channel) => new ThinChannel(channel),
    reloads,
    ...more,
  });
}
