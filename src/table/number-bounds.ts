/** How far numbers of a column may lie from the others before they stand out, whatever they look like. */

/** How far from the others a number has to be to stand out by itself, in spans of nine tenths of them. */
const FAR = 1000;
const TAIL = 0.05;
/** Where a half of the numbers lie so close together, as heights and temperatures do, others are in another unit or have slipped. */
const CLOSE = 3;
const TIMES_MORE = 80;
const TIMES_LESS = 50;
const GAP = 10;
/** Two heaps of numbers, as degrees Celsius and Fahrenheit are: the larger one is at most so wide, and so far from the other. */
const HEAP_WIDTH = 4;
const HEAP_GAP = 2;
const HEAP_STEP = 1.2;
const MAX_HEAPS = 3;
const HEAP_ENOUGH = 15;
const ALONE_WIDTH = 1.6;
/** Numbers, all different, that show anything. */
const ENOUGH = 10;

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Outside of these a number stands out whatever it looks like; undefined where there are too few to tell. */
export function plausibleBounds(numbers: readonly number[]): Bounds | undefined {
  if (numbers.length < ENOUGH) return undefined;
  const sorted = [...numbers].sort((a, b) => a - b);
  const low = sorted[Math.floor(TAIL * sorted.length)] ?? 0;
  const high = sorted[Math.ceil((1 - TAIL) * sorted.length) - 1] ?? 0;
  const far = FAR * (high - low);
  const others = [boundsOfClose(sorted), boundsOfHeap(sorted)].flatMap((bounds) => bounds ?? []);
  if (far <= 0 && others.length === 0) return undefined;
  return {
    low: Math.max(far > 0 ? low - far : -Infinity, ...others.map((bounds) => bounds.low)),
    high: Math.min(far > 0 ? high + far : Infinity, ...others.map((bounds) => bounds.high)),
  };
}

/** Of ascending numbers of which a half lie close together; what is far from those stands out where nothing lies between. */
function boundsOfClose(sorted: readonly number[]): Bounds | undefined {
  const least = sorted[sorted.length >> 2] ?? 0;
  const most = sorted[(3 * sorted.length) >> 2] ?? 0;
  if (least <= 0 || most > CLOSE * least) return undefined;
  const isGap = (from: number) => (sorted[from] ?? Infinity) >= GAP * (sorted[from - 1] ?? 0);
  const firstAbove = (bound: number) => sorted.findIndex((number) => number >= bound);
  const [low, high] = [least / TIMES_LESS, most * TIMES_MORE];
  const above = firstAbove(high);
  return { low: isGap(firstAbove(low)) ? low : -Infinity, high: above >= 0 && isGap(above) ? high : Infinity };
}

/** The ends of the largest heap of ascending numbers above zero, where there are others. */
function boundsOfHeap(sorted: readonly number[]): Bounds | undefined {
  if ((sorted[0] ?? 0) < 0) return undefined;
  const numbers = sorted.filter((number) => number > 0);
  let heap = numbers;
  for (let heaps = 1; heaps < MAX_HEAPS; heaps++) {
    const cut = widestCut(heap);
    if (cut === undefined) break;
    heap = 2 * cut >= heap.length ? heap.slice(0, cut) : heap.slice(cut);
  }
  const [low, high] = [heap[0], heap.at(-1)];
  return heap.length === numbers.length || low === undefined || high === undefined ? undefined : { low, high };
}

/** Where ascending numbers fall into two heaps: how many are in the lower one. */
function widestCut(sorted: readonly number[]): number | undefined {
  let widest = HEAP_GAP;
  let found: number | undefined;
  for (let cut = 1; cut < sorted.length; cut++) {
    const [below = 0, above = 0] = [sorted[cut - 1], sorted[cut]];
    const ends = [[sorted[0] ?? 0, below] as const, [above, sorted.at(-1) ?? 0] as const];
    const [first, last] = ends[2 * cut >= sorted.length ? 0 : 1] as readonly [number, number];
    // Another unit makes as narrow a heap.
    const areHeaps = ends.every(([least, most]) => most <= HEAP_WIDTH * least);
    if (!areHeaps || Math.max(cut, sorted.length - cut) < HEAP_ENOUGH || above < HEAP_STEP * below) continue;
    // One by itself may be a rich one, but for numbers that lie as close as heights and temperatures.
    if (Math.min(cut, sorted.length - cut) < 2 && last > ALONE_WIDTH * first) continue;
    const gap = Math.max((above - below) / (last - first), Math.log(above / below) / Math.log(last / first));
    if (gap > widest) [widest, found] = [gap, cut];
  }
  return found;
}
