import { t } from '../words/translate.ts';
import { type BlockIndex, BlockingError, type RecordId } from './blocks.ts';

/** How good a blocking is, where it is known which records are of one person. */
export interface BlockingAssessment {
  /** 1 - comparisons with blocking / comparisons without; negative when blocks overlap very much. */
  readonly reductionRatio: number;
  /** Share of the people known to two parties, or of the sets of records of one person, that blocking keeps together. */
  readonly completeness: number;
  readonly comparisons: number;
}

function entityOf(entities: readonly string[], record: RecordId): string {
  const entity = entities[Number(record)];
  if (entity === undefined)
    throw new BlockingError(
      t('The ground truth has no row {{row}}. It must have one row a record.', { row: String(record) }),
    );
  return entity;
}

/**
 * Two parties: reduction ratio and pair completeness, as blocklib counts them (a pair in two blocks counts twice).
 * @param blocks final blocks of each party, with row numbers as records
 * @param entities of each party, the person of each row
 */
export function assessPairs(
  blocks: readonly [BlockIndex, BlockIndex],
  entities: readonly [readonly string[], readonly string[]],
): BlockingAssessment {
  const all = entities[0].length * entities[1].length;
  if (all === 0) throw new BlockingError(t('There are no records, so blocking cannot be assessed.'));
  let comparisons = 0;
  const found = new Set<string>();
  for (const [block, records] of blocks[0]) {
    const others = blocks[1].get(block);
    if (!others) continue;
    comparisons += records.length * others.length;
    const people = new Set(records.map((record) => entityOf(entities[0], record)));
    for (const other of others) {
      const entity = entityOf(entities[1], other);
      if (people.has(entity)) found.add(entity);
    }
  }
  const second = new Set(entities[1]);
  const known = [...new Set(entities[0])].filter((entity) => second.has(entity)).length;
  return {
    reductionRatio: 1 - comparisons / all,
    completeness: found.size === 0 ? 0 : found.size / known,
    comparisons,
  };
}

/** Comparisons between records of different parties, given how many records each party has. */
function crossPairs(sizes: readonly number[]): number {
  const sum = sizes.reduce((total, size) => total + size, 0);
  const squares = sizes.reduce((total, size) => total + size * size, 0);
  return (sum * sum - squares) / 2;
}

/**
 * Any number of parties: reduction ratio and set completeness, the share of people known to two parties or more for
 * whom one block holds a record of every party that knows them.
 */
export function assessSets(
  blocks: readonly BlockIndex[],
  entities: readonly (readonly string[])[],
): BlockingAssessment {
  const all = crossPairs(entities.map((party) => party.length));
  if (all === 0) throw new BlockingError(t('Fewer than two parties have records, so blocking cannot be assessed.'));
  const knownBy = new Map<string, number>();
  for (const party of entities)
    for (const entity of new Set(party)) knownBy.set(entity, (knownBy.get(entity) ?? 0) + 1);
  const shared = [...knownBy.values()].filter((count) => count > 1).length;
  const kept = new Set<string>();
  let comparisons = 0;
  for (const block of new Set(blocks.flatMap((index) => [...index.keys()]))) {
    const members = blocks.map((index) => index.get(block) ?? []);
    comparisons += crossPairs(members.map((records) => records.length));
    const seenBy = new Map<string, number>();
    members.forEach((records, party) => {
      const people = new Set(records.map((record) => entityOf(entities[party] ?? [], record)));
      for (const entity of people) seenBy.set(entity, (seenBy.get(entity) ?? 0) + 1);
    });
    for (const [entity, count] of seenBy) if (count > 1 && count === knownBy.get(entity)) kept.add(entity);
  }
  return { reductionRatio: 1 - comparisons / all, completeness: shared === 0 ? 0 : kept.size / shared, comparisons };
}

/**
 * The reduction ratio for several parties as blocklib's tutorial counts it: not pairs but tuples of one record of each
 * party. A block that a party does not have counts as if it had one record there.
 * @param atLeast parties that must have a block for it to be compared, 2 or more
 */
export function tupleReductionRatio(
  blocks: readonly BlockIndex[],
  records: readonly number[],
  atLeast: number,
): number {
  const all = records.reduce((product, count) => product * count, 1);
  if (all === 0) throw new BlockingError(t('A party has no records, so blocking cannot be assessed.'));
  let tuples = 0;
  for (const block of new Set(blocks.flatMap((index) => [...index.keys()]))) {
    const members = blocks.map((index) => index.get(block));
    if (members.filter((of) => of !== undefined).length < atLeast) continue;
    tuples += members.reduce((product, of) => product * (of?.length ?? 1), 1);
  }
  return 1 - tuples / all;
}

/** One party's blocks, with row numbers as records, and the person of each row. */
export interface AssessedParty {
  readonly blocks: BlockIndex;
  readonly people: readonly string[];
}

/** All that is said of a blocking of two parties or more. */
export interface PartiesAssessment {
  /** Rows of each party. */
  readonly records: readonly number[];
  readonly comparisons: number;
  readonly reductionRatio: number;
  /** {@link tupleReductionRatio}. */
  readonly tupleReductionRatio: number;
  readonly setCompleteness: number;
  /** Every two parties, by number from 0. */
  readonly pairs: readonly (BlockingAssessment & { readonly parties: readonly [number, number] })[];
}

/** Blocks that so many parties have: what is compared. */
function sharedBlocks(parties: readonly AssessedParty[], atLeast: number): AssessedParty[] {
  const counts = new Map<string, number>();
  for (const { blocks } of parties) for (const block of blocks.keys()) counts.set(block, (counts.get(block) ?? 0) + 1);
  return parties.map(({ blocks, people }) => ({
    people,
    blocks: new Map([...blocks].filter(([block]) => (counts.get(block) ?? 0) >= atLeast)),
  }));
}

/**
 * Assesses a blocking: all parties together, and every two of them.
 * @param atLeast parties that must have a block for it to be compared, 2 or more
 * @throws BlockingError when there are no records to compare
 */
export function assessParties(parties: readonly AssessedParty[], atLeast: number): PartiesAssessment {
  const compared = sharedBlocks(parties, atLeast);
  const sets = assessSets(
    compared.map(({ blocks }) => blocks),
    compared.map(({ people }) => people),
  );
  const pairs = compared.flatMap((first, i) =>
    compared.slice(i + 1).map((second, j) => ({
      ...assessPairs([first.blocks, second.blocks], [first.people, second.people]),
      parties: [i, i + j + 1] as const,
    })),
  );
  const records = parties.map(({ people }) => people.length);
  return {
    records,
    comparisons: sets.comparisons,
    reductionRatio: sets.reductionRatio,
    tupleReductionRatio: tupleReductionRatio(
      parties.map(({ blocks }) => blocks),
      records,
      atLeast,
    ),
    setCompleteness: sets.completeness,
    pairs,
  };
}
