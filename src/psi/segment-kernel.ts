import { base64 } from '@scure/base';
import { SEGMENT_KERNEL } from './kernel-bytes.ts';

const PAGE = 65536;
/** Between two planes: their starts would otherwise share their places in the processor's fast memory. */
const PLANE_GAP = 64;

type Interpolate = (
  bins: number,
  degree: number,
  counts: number,
  points: number,
  values: number,
  work: number,
  planes: number,
  stride: number,
) => void;

let module: WebAssembly.Module | undefined;

/**
 * Owns the memory of one WebAssembly module (segment-kernel.wat), which makes the polynomials of one segment over a run of
 * bins: fill `counts`, `points` and `values`, call `interpolate`, read `planes`. All numbers are in [0, p).
 */
export class SegmentKernel {
  /** Points of each bin, at most `degree`. */
  readonly counts: Uint8Array;
  /** `[bin][degree]`, the first `counts[bin]` of them used, distinct within a bin. Overwritten by `interpolate`. */
  readonly points: Float64Array;
  /**
   * `[bin][degree + 1]`: the values at the points, then the coefficients of what multiplies the product of all
   * (x - point). Overwritten by `interpolate`.
   */
  readonly values: Float64Array;
  /** `planes[i][bin]`: the coefficient of x^i. */
  readonly planes: readonly BigUint64Array<ArrayBuffer>[];
  readonly #run: () => void;

  constructor(
    readonly bins: number,
    readonly degree: number,
  ) {
    module ??= new WebAssembly.Module(new Uint8Array(base64.decode(SEGMENT_KERNEL)));
    const { exports } = new WebAssembly.Instance(module);
    const points = 8 * Math.ceil(bins / 8);
    const values = points + 8 * bins * degree;
    const work = values + 8 * bins * (degree + 1);
    const planes = work + 16 * bins * degree + 8 * (degree + 1);
    const stride = 8 * bins + PLANE_GAP;
    const memory = exports.memory as WebAssembly.Memory;
    memory.grow(Math.ceil((planes + stride * (degree + 1)) / PAGE));
    const buffer = memory.buffer as ArrayBuffer;
    this.counts = new Uint8Array(buffer, 0, bins);
    this.points = new Float64Array(buffer, points, bins * degree);
    this.values = new Float64Array(buffer, values, bins * (degree + 1));
    this.planes = Array.from({ length: degree + 1 }, (_, i) => new BigUint64Array(buffer, planes + i * stride, bins));
    const interpolate = exports.interpolate as Interpolate;
    this.#run = () => interpolate(bins, degree, 0, points, values, work, planes, stride);
  }

  interpolate(): void {
    this.#run();
  }
}
