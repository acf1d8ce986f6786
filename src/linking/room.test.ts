import { describe, expect, it } from 'vitest';
import type { Message } from '../channel/channel.ts';
import { deriveSchemaKeys } from '../clk/keys.ts';
import { peopleSchema } from '../sample/people-files.ts';
import { testEngine } from '../testing/linkage-engine.ts';
import { PROJECT, peopleRows, SECRET, type TestRoom, testRoom, uploadOf } from '../testing/linking-room.ts';
import { blockKey, nameBlocks } from './block-ids.ts';
import type { ClkUpload } from './clk-upload.ts';
import type { LinkageEngine } from './linkage-engine.ts';
import { type Project, type ResultType, whoLearnsWhat } from './project.ts';
import { resultText } from './result-file.ts';
import { groupMembers, type RunResult } from './run-result.ts';

const THRESHOLD = 0.7;
/** So low that people are mixed up. */
const LOW_THRESHOLD = 0.6;
const control = { signal: new AbortController().signal, onProgress: () => {} };

function uploadsFor(parties: number): ClkUpload[] {
  return Array.from({ length: parties }, (_, part) => uploadOf(peopleRows(part)));
}

/** Everybody uploads; one run is computed and given out. */
async function play(project: Project, uploads = uploadsFor(project.providers)): Promise<TestRoom> {
  const room = testRoom(project);
  for (const [i, provider] of room.providers.entries()) {
    await room.providerIs(i + 1, ({ project }) => project !== undefined);
    const upload = uploads[i];
    if (upload) await provider.upload(upload, SECRET);
  }
  room.unit.startRun({ threshold: THRESHOLD, name: 'first' });
  await room.unitIs(({ runs }) => runs[0]?.stage === 'completed');
  for (const number of room.providers.keys()) {
    await room.providerIs(number + 1, ({ status }) => status?.runs[0]?.stage === 'completed');
  }
  return room;
}

async function resultsOf(room: TestRoom): Promise<RunResult[]> {
  return Promise.all(
    room.providers.map(async (_, i) => {
      const { results } = await room.providerIs(i + 1, ({ results }) => results.has(1));
      return results.get(1) as RunResult;
    }),
  );
}

const text = (result: RunResult | undefined) => (result ? [...resultText(result)].join('') : '');

async function expectedGroups(uploads: readonly ClkUpload[]): Promise<[number, number][][]> {
  const groups = await testEngine.solve(await testEngine.compare(uploads, THRESHOLD, control), control);
  return [...groupMembers(groups)];
}

function bytesOf({ kind, body, blobs }: Message): Buffer {
  return Buffer.concat([Buffer.from(`${kind}${JSON.stringify(body)}`), ...blobs.map((blob) => Buffer.from(blob))]);
}

describe.each([2, 3, 4])('a room of %i providers', (parties) => {
  it('merges groups in part where the run says so, and tells everyone', async () => {
    const uploads = uploadsFor(parties);
    const room = await play({ ...PROJECT, providers: parties }, uploads);
    const id = room.unit.startRun({ threshold: LOW_THRESHOLD, mergeThreshold: 0.4 });
    await room.unitIs(({ runs }) => runs[1]?.stage === 'completed');
    const { status } = await room.providerIs(1, ({ results }) => results.has(id));
    expect(status?.runs[1]?.mergeThreshold).toBe(0.4);
    const pairs = await testEngine.compare(uploads, LOW_THRESHOLD, control);
    const groupsAt = async (mergeThreshold: number) => {
      const groups = await testEngine.solve(pairs, control, { mergeThreshold, deduplicated: true });
      return JSON.stringify({ groups: [...groupMembers(groups)] });
    };
    expect(text(room.unit.state.runs[1]?.result).replaceAll(' ', '')).toBe(await groupsAt(0.4));
    // Between two data sets a group is a pair, so that there is no part of it to see.
    if (parties > 2) expect(await groupsAt(0.4)).not.toBe(await groupsAt(1));
    expect(() => room.unit.startRun({ threshold: 0.9, mergeThreshold: 2 })).toThrow('merge threshold');
  });

  it('gives the groups to everyone where the project says so', async () => {
    const uploads = uploadsFor(parties);
    const room = await play({ ...PROJECT, providers: parties }, uploads);
    const results = await resultsOf(room);
    const expected = JSON.stringify({ groups: await expectedGroups(uploads) });
    expect(JSON.parse(expected).groups.length).toBeGreaterThan(10);
    for (const result of [...results, room.unit.state.runs[0]?.result]) {
      expect(text(result).replaceAll(' ', '')).toBe(expected);
    }
  });

  it('keeps scores to the linkage unit where the project says so', async () => {
    const uploads = uploadsFor(parties);
    const project: Project = {
      ...PROJECT,
      providers: parties,
      resultType: 'similarity scores',
      audience: 'linkage unit',
    };
    const room = await play(project, uploads);
    const pairs = await testEngine.compare(uploads, THRESHOLD, control);
    expect(room.unit.state.runs[0]?.result).toEqual({ type: 'similarity scores', pairs });
    for (const messages of room.fromUnit) {
      expect(new Set(messages.map(({ kind }) => kind))).not.toContain('result');
    }
  });

  it('sends scores to everyone where the project says so', async () => {
    const uploads = uploadsFor(parties);
    const room = await play({ ...PROJECT, providers: parties, resultType: 'similarity scores' }, uploads);
    const pairs = await testEngine.compare(uploads, THRESHOLD, control);
    for (const result of await resultsOf(room)) expect(result).toEqual({ type: 'similarity scores', pairs });
  });

  it('gives each provider its own permutation only, and the linkage unit only the mask', async () => {
    const uploads = uploadsFor(parties);
    const room = await play({ ...PROJECT, providers: parties, resultType: 'permutations and mask' }, uploads);
    const everybody = (members: readonly unknown[]) => members.length === parties;
    const groups = (await expectedGroups(uploads)).filter(everybody);
    expect(groups.length).toBeGreaterThan(5);
    const orders = (await resultsOf(room)).map((result) => {
      if (result.type !== 'permutation') throw new Error(`a ${result.type}`);
      return result.order;
    });
    const mask = room.unit.state.runs[0]?.result;
    if (mask?.type !== 'mask') throw new Error('no mask');
    expect(mask.mask.filter((matched) => matched === 1)).toHaveLength(groups.length);
    for (const members of groups) {
      const places = new Set(members.map(([party, row]) => orders[party]?.[row]));
      expect(places.size).toBe(1);
      expect(mask.mask[[...places][0] ?? -1]).toBe(1);
    }
    for (const [i, messages] of room.fromUnit.entries()) {
      const parts = messages.filter(({ kind }) => kind === 'result-part');
      expect(parts).toHaveLength(1);
      expect(parts[0]?.blobs).toHaveLength(1);
      expect(Buffer.from(parts[0]?.blobs[0] ?? [])).toEqual(Buffer.from(orders[i]?.buffer ?? new ArrayBuffer(0)));
    }
  });

  it('never tells the linkage unit the secret or a key made from it', async () => {
    const room = await play({ ...PROJECT, providers: parties });
    const schema = peopleSchema();
    const keys = deriveSchemaKeys(SECRET, schema.features.length, schema.clkConfig.kdf).flat();
    const secrets = [Buffer.from(SECRET), ...keys.map((key) => Buffer.from(key)), Buffer.from(blockKey(SECRET))];
    const forms = secrets.flatMap((secret) => [
      secret,
      ...(['hex', 'base64', 'base64url'] as const).map((form) => Buffer.from(secret.toString(form))),
    ]);
    for (const message of [...room.toUnit, ...room.fromUnit].flat()) {
      const bytes = bytesOf(message);
      for (const form of forms) expect(bytes.includes(form)).toBe(false);
    }
  });

  it('never sends a provider the CLKs of another', async () => {
    const uploads = uploadsFor(parties);
    const room = await play({ ...PROJECT, providers: parties, resultType: 'similarity scores' }, uploads);
    for (const messages of room.fromUnit) {
      const received = Buffer.concat(messages.map(bytesOf));
      for (const { clks } of uploads) {
        for (let row = 0; row < clks.rows; row++) {
          const clk = Buffer.from(clks.bits.subarray(row * clks.bytesPerClk, (row + 1) * clks.bytesPerClk));
          expect(received.includes(clk.subarray(0, 32))).toBe(false);
        }
      }
    }
  });
});

it('maps the rows of two providers', async () => {
  const uploads = uploadsFor(2);
  const room = await play({ ...PROJECT, resultType: 'mapping' }, uploads);
  const expected = Object.fromEntries(
    (await expectedGroups(uploads)).map(([first, second]) => [first?.[1], second?.[1]]),
  );
  for (const result of await resultsOf(room)) expect(JSON.parse(text(result))).toEqual({ mapping: expected });
});

it('runs at several thresholds on the same uploads, forgets runs, and tells everybody of the end', async () => {
  const room = await play(PROJECT);
  room.unit.startRun({ threshold: 1 });
  await room.providerIs(2, ({ results }) => results.has(2));
  const sizes = [1, 2].map((run) => text(room.providers[1]?.state.results.get(run)).length);
  expect(sizes[0]).toBeGreaterThan(sizes[1] ?? 0);
  expect(room.toUnit[0]?.filter(({ kind }) => kind === 'upload')).toHaveLength(1);
  room.unit.deleteRun(1);
  const { results } = await room.providerIs(2, ({ results }) => !results.has(1));
  expect([...results.keys()]).toEqual([2]);
  await room.unit.deleteProject();
  for (const number of [1, 2]) {
    const { ended, results } = await room.providerIs(number, ({ ended }) => ended !== undefined);
    expect(ended).toMatchObject({ code: 'finished', message: expect.stringContaining('deleted') });
    expect(results.size).toBe(0);
  }
  expect(room.unit.state).toMatchObject({ runs: [], providers: [{ rows: undefined }, { rows: undefined }] });
});

it('lets who made the project delete it, and nobody else', async () => {
  const room = await play(PROJECT);
  await room.providers[1]?.deleteProject();
  await room.providerIs(2, ({ ended }) => ended?.code === 'protocol-error');
  await room.providers[0]?.deleteProject();
  await room.unitIs(({ ended }) => ended?.includes('deleted') === true);
});

it('compares only rows that share a block, under names that need the secret', async () => {
  const uploads = uploadsFor(2).map((upload) => {
    const blocks = Array.from({ length: upload.clks.rows }, (_, row) => (row % 2 === 0 ? ['(1, 2)', '(3,)'] : []));
    return { ...upload, blocks: nameBlocks(blocks, blockKey(SECRET)) };
  });
  const blockingSchema = JSON.stringify({
    type: 'p-sig',
    version: 1,
    config: {
      'blocking-features': [1],
      filter: { type: 'ratio', max: 1, min: 0 },
      'blocking-filter': { type: 'bloom filter', 'number-hash-functions': 4, 'bf-len': 2048 },
      signatureSpecs: [[{ type: 'feature-value', feature: 1 }]],
    },
  });
  const room = await play({ ...PROJECT, blockingSchema, resultType: 'similarity scores' }, uploads);
  const [result] = await resultsOf(room);
  if (result?.type !== 'similarity scores') throw new Error('no scores');
  expect(result.pairs.similarity.length).toBeGreaterThan(3);
  for (const row of [...result.pairs.firstRow, ...result.pairs.secondRow]) expect(row % 2).toBe(0);
  expect(room.toUnit.flat().some((message) => bytesOf(message).includes('(1, 2)'))).toBe(false);
});

it('waits for all CLKs, and starts when they are there', async () => {
  const room = testRoom(PROJECT);
  await room.providerIs(2, ({ project }) => project?.name === PROJECT.name);
  room.unit.startRun({ threshold: THRESHOLD });
  const [first, second] = uploadsFor(2);
  if (first) await room.providers[0]?.upload(first, SECRET);
  const { runs } = await room.unitIs(({ providers }) => providers[0]?.uploaded === 1);
  expect(runs[0]?.stage).toBe('waiting for CLKs');
  if (second) await room.providers[1]?.upload(second, SECRET);
  await room.unitIs(({ runs }) => runs[0]?.stage === 'completed');
});

it('forgets the CLKs of a provider who takes them back, or leaves, also in the middle of a run', async () => {
  let stuck = () => {};
  const started = new Promise<void>((resolve) => {
    stuck = resolve;
  });
  const engine: LinkageEngine = {
    ...testEngine,
    compare: (_sets, _threshold, { signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        stuck();
      }),
  };
  const room = testRoom(PROJECT, engine);
  const [first, second] = uploadsFor(2);
  await room.providerIs(2, ({ project }) => project !== undefined);
  if (!first || !second) throw new Error('no uploads');
  await room.providers[0]?.upload(first, SECRET);
  await room.providers[1]?.upload(second, SECRET);
  room.unit.startRun({ threshold: THRESHOLD });
  await started;
  await room.providers[1]?.withdraw();
  const { runs, providers } = await room.unitIs(({ runs }) => runs[0]?.stage === 'failed');
  expect(runs[0]?.message).toContain('Provider 2 took its CLKs back');
  expect(providers[1]?.rows).toBeUndefined();
  await room.providers[0]?.leave();
  const after = await room.unitIs(({ providers }) => providers[0]?.presence === 'gone');
  expect(after.providers[0]).toMatchObject({ rows: undefined, message: expect.stringContaining('left') });
});

it('tells providers when the linkage unit leaves, and leaves them their results', async () => {
  const room = await play(PROJECT);
  await resultsOf(room);
  await room.unit.leave();
  const { ended, results } = await room.providerIs(1, ({ ended }) => ended !== undefined);
  expect(ended?.message).toContain('left');
  expect(results.size).toBe(1);
});

it('says who learns what for every result type', () => {
  const types: ResultType[] = ['groups', 'mapping', 'similarity scores', 'permutations and mask'];
  for (const resultType of types) {
    const { unit, providers } = whoLearnsWhat({ resultType, audience: 'everyone' });
    expect(unit).toMatch(/linkage unit/);
    expect(providers).toMatch(/provider/);
  }
});
