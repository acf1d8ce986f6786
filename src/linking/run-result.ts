/** What a run gives, and to whom. Parties and rows count from 0, as in the files of the Anonlink family. */
import type { Project } from './project.ts';

/** Pairs of rows of different providers, similarity falling. */
export interface ScoredPairs {
  readonly firstParty: Uint8Array;
  readonly firstRow: Uint32Array;
  readonly secondParty: Uint8Array;
  readonly secondRow: Uint32Array;
  readonly similarity: Float64Array;
}

/** Rows that are one person: entry by entry the number of its group (rising from 0), the provider, the row. */
export interface Groups {
  readonly group: Uint32Array;
  readonly party: Uint8Array;
  readonly row: Uint32Array;
}

/** New places of all providers' rows. */
export interface Permutations {
  /** For each provider the new place of each row. */
  readonly orders: readonly Uint32Array[];
  /** For each place below the size of the smallest data set whether the rows there belong together: 1 or 0. */
  readonly mask: Uint8Array;
}

/** A result as one receiver gets it. */
export type RunResult =
  | { readonly type: 'similarity scores'; readonly pairs: ScoredPairs }
  | { readonly type: 'groups' | 'mapping'; readonly groups: Groups }
  /** A provider's own new order; rows whose new place is `places` or above are left out. */
  | { readonly type: 'permutation'; readonly order: Uint32Array; readonly places: number }
  | { readonly type: 'mask'; readonly mask: Uint8Array };

/** What a run gives to each: undefined where the project gives nothing. */
export interface SharedOut {
  readonly unit: RunResult;
  readonly providers: readonly (RunResult | undefined)[];
}

/** Shares out scores, groups or a mapping as the project says. */
export function shareResult({ audience, providers }: Project, result: RunResult): SharedOut {
  const theirs = audience === 'everyone' ? result : undefined;
  return { unit: result, providers: Array.from({ length: providers }, () => theirs) };
}

/** Shares out permutations: to each provider its own, the mask to the linkage unit only. */
export function sharePermutations({ orders, mask }: Permutations): SharedOut {
  const providers = orders.map((order): RunResult => ({ type: 'permutation', order, places: mask.length }));
  return { unit: { type: 'mask', mask }, providers };
}

/** Groups, pairs, places: what a result counts. */
export function resultSize(result: RunResult): number {
  switch (result.type) {
    case 'similarity scores':
      return result.pairs.similarity.length;
    case 'groups':
    case 'mapping':
      return (result.groups.group.at(-1) ?? -1) + 1;
    case 'permutation':
      return result.order.length;
    case 'mask':
      return result.mask.reduce((sum, matched) => sum + matched, 0);
  }
}

/** The members of each group, `[party, row]`. */
export function* groupMembers({ group, party, row }: Groups): Generator<[party: number, row: number][]> {
  let members: [number, number][] = [];
  for (let i = 0; i < group.length; i++) {
    if (i > 0 && group[i] !== group[i - 1]) {
      yield members;
      members = [];
    }
    members.push([party[i] ?? 0, row[i] ?? 0]);
  }
  if (members.length > 0) yield members;
}
