import { beforeAll, describe, expect, it } from 'vitest';
import { countAgreements } from '../keys/agreement-count.ts';
import type { HeContext } from '../seal/context.ts';
import { LINKAGE, type ParameterSet } from '../seal/parameters.ts';
import { PublicSide } from '../seal/public-side.ts';
import { withScope } from '../seal/scope.ts';
import { SecretSide } from '../seal/secret-side.ts';
import { madeUpKeys } from '../testing/made-up-keys.ts';
import { testContexts } from '../testing/seal-contexts.ts';
import { bandsOfBundle, bundleCount, type Geometry } from './geometry.ts';
import { drawLabels } from './labels.ts';
import { SightingCollector } from './matches.ts';
import { queryBundle, readAnswers } from './receiver.ts';
import { answerBundle, PreparedBundle, planeCount } from './sender.ts';

let contextOf: (parameters: ParameterSet) => HeContext;
beforeAll(async () => {
  contextOf = await testContexts();
});

const range = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);

/** Runs all bands in this thread, some together in one table whose bins hold everybody, and compares every pair's agreement with equality of keys in the clear. */
function linkAndCompare(
  bands: number,
  personOfList: number[],
  personOfData: number[],
  geometry: Geometry = { bandsInBundle: 2, bins: 8192, degree: 3, segments: 4 },
) {
  const keys = madeUpKeys(bands, personOfList, personOfData);
  const slots = 16384;
  const { labels } = drawLabels(personOfData.length, slots);
  const collector = new SightingCollector(personOfList.length);
  const capped = range(bands).map(() => new Set<number>());
  withScope((keep) => {
    const secret = keep(new SecretSide(contextOf(LINKAGE)));
    const open = keep(new PublicSide(contextOf(LINKAGE), secret.createPublicKeys()));
    for (let bundle = 0; bundle < bundleCount(geometry, bands); bundle++) {
      const own = bandsOfBundle(geometry, bundle, bands);
      const ofBands = (sets: readonly Uint32Array[]) => own.map((band) => sets[band] as Uint32Array);
      const query = queryBundle(secret, geometry, ofBands(keys.list));
      if (!query) throw new Error('cuckoo hashing failed');
      const answer = answerBundle(open, geometry, ofBands(keys.data), labels, query.queries);
      expect(answer.overflowed).toBe(0);
      const rows = personOfData.length;
      for (const place of answer.capped) capped[(own[0] as number) + Math.floor(place / rows)]?.add(place % rows);
      collector.add(own[0] as number, readAnswers(secret, geometry, query.binOf, answer.answers));
    }
  });
  const rowOfLabel = new Map(Array.from(labels, (label, row) => [label, row]));
  const found = collector
    .candidates(2)
    .map(({ data, ...seen }) => ({ ...seen, data: rowOfLabel.get(data) ?? -1 }))
    .sort((a, b) => a.list - b.list || a.data - b.data);
  const oracle = countAgreements(
    (band) => keys.list[band] as Uint32Array,
    (band) => keys.data[band] as Uint32Array,
    bands,
    { excluded: (band, row) => capped[band]?.has(row) ?? false },
  );
  expect(found).toEqual(oracle.filter((candidate) => candidate.bands >= 2));
  return { matches: found.length, capped: capped.reduce((sum, set) => sum + set.size, 0) };
}

describe('labelled intersection equals equality of keys', () => {
  it('every pair, with its exact number of agreeing bands', () => {
    const { matches } = linkAndCompare(5, range(300), range(900, 150));
    expect(matches).toBeGreaterThan(100);
  });

  it('people who stand in several rows on either side, up to the cap of four', () => {
    const list = range(200).map((i) => i % 150);
    const data = range(600).map((i) => i % 80);
    const { matches, capped } = linkAndCompare(4, list, data, { bandsInBundle: 3, bins: 8192, degree: 4, segments: 5 });
    expect(matches).toBeGreaterThan(200);
    expect(capped).toBeGreaterThan(0);
  });

  it('bins in more than one ciphertext', () => {
    const { matches } = linkAndCompare(2, range(5000), range(2000), {
      bandsInBundle: 2,
      bins: 16_384,
      degree: 3,
      segments: 4,
    });
    expect(matches).toBeGreaterThan(500);
  });
});

describe('a bundle that is made before its query', () => {
  it.each([8192, 16_384])('answers as one made afterwards, and one query only (%i bins)', (bins) => {
    withScope((keep) => {
      const secret = keep(new SecretSide(contextOf(LINKAGE)));
      const open = keep(new PublicSide(contextOf(LINKAGE), secret.createPublicKeys()));
      const geometry = { bins, degree: 2, segments: 4 };
      expect(planeCount(geometry)).toBe((bins / 8192) * 4 * 3);
      // Every second record of the list is in the data.
      const keys = madeUpKeys(
        1,
        range(400),
        range(800).filter((i) => i % 2 === 0),
      );
      const { labels } = drawLabels(400, 1000);
      const prepared = keep(new PreparedBundle(open, geometry, keys.data, labels));
      const query = queryBundle(secret, geometry, keys.list);
      if (!query) throw new Error('cuckoo hashing failed');
      expect(() => prepared.answer(query.queries.slice(1))).toThrow('ciphertexts, got');
      const shownBy = (answers: readonly Uint8Array[]) => {
        const { places, values } = readAnswers(secret, geometry, query.binOf, answers);
        return Array.from(places, (_, i) => values.subarray(4 * i, 4 * i + 4).find((value) => labels.includes(value)));
      };
      const first = prepared.answer(query.queries);
      const shown = shownBy(first.answers);
      expect(shown.filter((label) => label !== undefined).length).toBeGreaterThan(100);
      const { answers, ...lost } = answerBundle(open, geometry, keys.data, labels, query.queries);
      expect(shown).toEqual(shownBy(answers));
      expect(first).toMatchObject(lost);
      // A second answer by the same polynomials would say more of them than one point each.
      expect(() => prepared.answer(query.queries)).toThrow('answers one query');
    });
  });
});

describe('what the owner refuses', () => {
  it('too few, too many, or foreign ciphertexts', () => {
    withScope((keep) => {
      const secret = keep(new SecretSide(contextOf(LINKAGE)));
      const open = keep(new PublicSide(contextOf(LINKAGE), secret.createPublicKeys()));
      const geometry = { bins: 8192, degree: 2, segments: 4 };
      const keys = madeUpKeys(1, range(10), range(10));
      const { labels } = drawLabels(10, 100);
      const answer = (queries: readonly Uint8Array[]) => answerBundle(open, geometry, keys.data, labels, queries);
      const query = queryBundle(secret, geometry, keys.list);
      if (!query) throw new Error('cuckoo hashing failed');
      expect(() => answer(query.queries.slice(1))).toThrow('needs 2 ciphertexts, got 1');
      expect(() => answer([...query.queries, ...query.queries])).toThrow('needs 2');
      expect(() => answer([new Uint8Array(10), new Uint8Array(10)])).toThrow('expected exactly');
      expect(() => readAnswers(secret, geometry, query.binOf, [])).toThrow('has 4 answers, got 0');
      expect(() => readAnswers(secret, geometry, query.binOf, query.queries.concat(query.queries))).toThrow(
        'expected exactly',
      );
    });
  });
});
