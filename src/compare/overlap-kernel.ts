import { fromBase64 } from '../clk/base64.ts';
import type { FilterSet } from './filters.ts';
import { SCALAR_KERNEL, SIMD_KERNEL } from './kernel-bytes.ts';

/** Which of the two modules counts: 128-bit vectors, or 64-bit words where the engine has no vectors. */
export type KernelKind = 'simd' | 'scalar';

type Scan = (
  row: number,
  columns: number,
  column: number,
  end: number,
  stride: number,
  popcounts: number,
  required: number,
  out: number,
) => number;

/** Rows that are held for comparing at a time. */
export const ROW_TILE = 256;
/** Bytes of columns that one scan goes over: what stays in a core's fast memory while all held rows pass. */
const TILE_BYTES = 32 * 1024;
const PAGE = 65536;

function moduleBytes(kind: KernelKind): Uint8Array<ArrayBuffer> {
  return new Uint8Array(fromBase64(kind === 'simd' ? SIMD_KERNEL : SCALAR_KERNEL));
}

/** The faster module this engine runs. */
export function bestKernel(): KernelKind {
  return WebAssembly.validate(moduleBytes('simd')) ? 'simd' : 'scalar';
}

/**
 * Owns the memory of one WebAssembly module: the columns (all filters of one set, in an order of choice), a tile of rows
 * to hold against them, and the overlaps found.
 */
export class OverlapKernel {
  readonly columns: number;
  /** Columns that one scan should cover. */
  readonly tileColumns: number;
  readonly #scan: Scan;
  readonly #memory: WebAssembly.Memory;
  readonly #stride: number;
  readonly #at: {
    readonly required: number;
    readonly out: number;
    readonly popcounts: number;
    readonly columns: number;
  };
  readonly #found: Uint32Array;

  /**
   * @param order which filter of the set stands in each column
   * @param required smallest overlap kept, by the sum of the popcounts of row and column, 0 to 16 * bytesPerFilter
   * @throws RangeError when the memory cannot be had
   */
  constructor(set: FilterSet, order: Uint32Array, required: Uint32Array, kind: KernelKind = bestKernel()) {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes(kind)));
    this.#scan = instance.exports.scan as Scan;
    this.#memory = instance.exports.memory as WebAssembly.Memory;
    this.columns = order.length;
    this.#stride = Math.ceil(set.bytesPerFilter / 16) * 16;
    this.tileColumns = Math.max(1, Math.floor(TILE_BYTES / this.#stride));
    const aligned = (address: number): number => Math.ceil(address / 64) * 64;
    const at = { required: aligned(ROW_TILE * this.#stride), out: 0, popcounts: 0, columns: 0 };
    at.out = aligned(at.required + 4 * required.length);
    at.popcounts = aligned(at.out + 8 * this.tileColumns);
    at.columns = aligned(at.popcounts + 4 * order.length);
    this.#at = at;
    const size = at.columns + order.length * this.#stride;
    this.#memory.grow(Math.max(0, Math.ceil(size / PAGE) - this.#memory.buffer.byteLength / PAGE));
    const { buffer } = this.#memory;
    new Uint32Array(buffer, at.required, required.length).set(required);
    const popcounts = new Uint32Array(buffer, at.popcounts, order.length);
    const bytes = new Uint8Array(buffer);
    order.forEach((filter, column) => {
      popcounts[column] = set.popcounts[filter] ?? 0;
      bytes.set(
        set.bits.subarray(filter * set.bytesPerFilter, (filter + 1) * set.bytesPerFilter),
        at.columns + column * this.#stride,
      );
    });
    this.#found = new Uint32Array(buffer, at.out, 2 * this.tileColumns);
  }

  /** Takes up to {@link ROW_TILE} filters of a set as the rows to hold against the columns. */
  holdRows({ bits, bytesPerFilter }: FilterSet, first: number, end: number): void {
    const bytes = new Uint8Array(this.#memory.buffer);
    for (let row = first; row < end; row++) {
      const filter = bits.subarray(row * bytesPerFilter, (row + 1) * bytesPerFilter);
      bytes.set(filter, (row - first) * this.#stride);
    }
  }

  /**
   * Compares a held row with columns `[column, end)`, at most {@link tileColumns} of them.
   * @returns how many overlaps are large enough; read them with {@link foundColumn} and {@link foundOverlap} before the next scan
   */
  compare(heldRow: number, popcount: number, column: number, end: number): number {
    const at = this.#at;
    const stride = this.#stride;
    const behind = this.#scan(
      heldRow * stride,
      at.columns,
      column,
      end,
      stride,
      at.popcounts,
      at.required + 4 * popcount,
      at.out,
    );
    return (behind - at.out) / 8;
  }

  foundColumn(index: number): number {
    return this.#found[2 * index] ?? 0;
  }

  foundOverlap(index: number): number {
    return this.#found[2 * index + 1] ?? 0;
  }
}
