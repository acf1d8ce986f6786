const SMALLEST_TABLE = 8;
const LINEAR_PROBES = 9;
const PERTURB_SHIFT = 5;
const EMPTY = -1;
/** Sets of more members grow by the factor 2, smaller ones by 4. */
const BIG_SET = 50_000;

/** The place of a member in a table of CPython's sets, or of the free place it goes to. */
function findPlace(table: Int32Array, member: number): number {
  const mask = table.length - 1;
  let perturb = member;
  let start = member & mask;
  for (;;) {
    const last = start + LINEAR_PROBES <= mask ? start + LINEAR_PROBES : start;
    for (let place = start; place <= last; place++) {
      if (table[place] === EMPTY || table[place] === member) return place;
    }
    perturb >>>= PERTURB_SHIFT;
    start = (start * 5 + 1 + perturb) & mask;
  }
}

function resized(table: Int32Array, atLeast: number): Int32Array {
  let size = SMALLEST_TABLE;
  while (size <= atLeast) size *= 2;
  const bigger = new Int32Array(size).fill(EMPTY);
  for (const member of table) if (member !== EMPTY) bigger[findPlace(bigger, member)] = member;
  return bigger;
}

/**
 * The order in which CPython iterates over a set, to which the numbers were added one after another.
 * @param members whole numbers of 0 or more, below 2^31; repeats are ignored
 */
export function pythonSetOrder(members: Iterable<number>): number[] {
  let table: Int32Array = new Int32Array(SMALLEST_TABLE).fill(EMPTY);
  let used = 0;
  for (const member of members) {
    const place = findPlace(table, member);
    if (table[place] === member) continue;
    table[place] = member;
    used++;
    if (used * 5 >= (table.length - 1) * 3) table = resized(table, used > BIG_SET ? used * 2 : used * 4);
  }
  return [...table].filter((member) => member !== EMPTY);
}

/** Python's text of a tuple of numbers. */
export function pythonTuple(members: readonly number[]): string {
  return members.length === 1 ? `(${members[0]},)` : `(${members.join(', ')})`;
}
