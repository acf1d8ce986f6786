import { describe, expect, it } from 'vitest';
import { WINDOW_BYTES } from '../../channel/outbox.ts';
import type { Incident, Plan } from './plan.ts';
import { expectRightEnds } from './right-ends.ts';
import { simulateSession } from './session-run.ts';

it(
  'sessions over failing connections end in the right table, or both sides are told why not',
  () => expectRightEnds(60),
  60_000,
);

describe('found before', () => {
  const plan = (incidents: Partial<Incident>[], more: Partial<Plan> = {}): Plan => ({
    seed: 0,
    fullSize: false,
    bands: 2,
    windowBytes: WINDOW_BYTES,
    workers: [1, 1],
    latency: 1,
    dialler: 'researcher',
    stays: [5000, 5000],
    closesPage: [false, false],
    patience: [0, 0],
    incidents: incidents.map((incident) => ({ frame: 0, kind: 'cut', amount: 0, by: 'researcher', ...incident })),
    ...more,
  });

  it.each(['truncate', 'drop'] as const)('no frame is so important that its loss (%s) ends in a hang', async (kind) => {
    for (let frame = 0; frame < 50; frame++) {
      const { broken } = await simulateSession(plan([{ frame, kind }]));
      expect(broken, `frame ${frame}`).toBeUndefined();
    }
  });

  it('a worker of the owner that dies while the researcher waits for its answers is no hang', async () => {
    for (let frame = 14; frame < 60; frame++) {
      const dies = plan([{ frame, kind: 'workers die', by: 'owner' }], { bands: 9 });
      const { researcher, owner, broken } = await simulateSession(dies);
      expect([researcher, owner, broken], `frame ${frame}`).toEqual(['protocol-error', 'error', undefined]);
    }
  });

  /** The line falls silent for good at a frame; the last frames carry the farewell, wherever they are in the version of today. */
  const silencedAt = (frame: number, more: Partial<Plan>) =>
    simulateSession(plan([{ kind: 'cut' }, { frame, kind: 'silence' }], { bands: 3, stays: [0, 0], ...more }));
  const FRAMES = Array.from({ length: 60 }, (_, i) => 40 + i);

  it('a lost farewell is said again, as long as its page is open', async () => {
    for (const frame of FRAMES) {
      const { researcher, owner, broken } = await silencedAt(frame, {});
      expect([researcher, owner, broken], `frame ${frame}`).toEqual(['result', 'result', undefined]);
    }
  });

  it('a farewell that is lost with its page leaves the other with a lost connection, not waiting', async () => {
    const ends = new Set<string>();
    for (const frame of FRAMES) {
      const { researcher, owner, broken } = await silencedAt(frame, { closesPage: [true, true], seed: 1 });
      expect(broken, `frame ${frame}`).toBeUndefined();
      ends.add(`${researcher}, ${owner}`);
    }
    expect(ends).toEqual(new Set(['result, result', 'result, connection-lost']));
  });

  it('whoever wakes two minutes later is still told', async () => {
    const incidents = [
      { kind: 'cut' },
      { frame: 67, kind: 'cut' },
      { frame: 73, kind: 'sleep', amount: 120_000, by: 'owner' },
    ] as const;
    const { researcher, owner } = await simulateSession(plan([...incidents], { stays: [0, 0], patience: [9, 9] }));
    expect([researcher, owner]).toEqual(['result', 'result']);
  });
});

it('an undisturbed session of real sizes ends in both results', async () => {
  const { researcher, owner, broken } = await simulateSession({
    seed: 2,
    fullSize: true,
    bands: 3,
    windowBytes: WINDOW_BYTES,
    workers: [2, 1],
    latency: 20,
    dialler: 'owner',
    stays: [1000, 0],
    closesPage: [true, true],
    patience: [0, 0],
    incidents: [],
  });
  expect([researcher, owner, broken]).toEqual(['result', 'result', undefined]);
});
