/** Distinct values remembered; labels, ages and dates repeat. */
const KEPT = 65_536;

/** The same reading, made once of each value. */
export function remembered<Result>(read: (value: string) => Result): (value: string) => Result {
  const known = new Map<string, Result>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const result = read(value);
    if (known.size < KEPT) known.set(value, result);
    return result;
  };
}
