/** Made-up band keys for tests: rows that share a person share a key in a band with some probability. */

export interface MadeUpKeys {
  /** `[band]`: keys of the list's and of the data's rows. */
  readonly list: readonly Uint32Array<ArrayBuffer>[];
  readonly data: readonly Uint32Array<ArrayBuffer>[];
}

/** `personOf*[row]`: the person a row is about. `missing`: share of rows without key; `differing`: share of damaged keys. */
export function madeUpKeys(
  bands: number,
  personOfList: readonly number[],
  personOfData: readonly number[],
  {
    missing = 0.05,
    differing = 0.2,
    random = Math.random,
  }: { missing?: number; differing?: number; random?: () => number } = {},
): MadeUpKeys {
  const word = () => Math.floor(random() * 4294967296);
  const sets = Array.from({ length: bands }, () => {
    const keyOfPerson = new Map<number, number[]>();
    const rows = (people: readonly number[]) => {
      const keys = new Uint32Array(4 * people.length);
      for (const [row, person] of people.entries()) {
        if (random() < missing) continue;
        const own = keyOfPerson.get(person) ?? [word(), word(), word(), word()];
        keyOfPerson.set(person, own);
        keys.set(random() < differing ? [word(), word(), word(), word()] : own, 4 * row);
      }
      return keys;
    };
    return { list: rows(personOfList), data: rows(personOfData) };
  });
  return { list: sets.map((set) => set.list), data: sets.map((set) => set.data) };
}
