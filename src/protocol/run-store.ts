/**
 * Where a run keeps what it needs to go on after a reload of its page. What is kept holds keys and pseudonyms of rows, so
 * whoever implements this encrypts it, and deletes it when the run ends.
 */
export interface Kept {
  /** Small plain JSON value. */
  readonly body: unknown;
  readonly blobs: readonly Uint8Array[];
}

export interface RunStore {
  /** Names of what is kept. */
  names(): Promise<readonly string[]>;
  /** @throws where nothing is kept by that name */
  get(name: string): Promise<Kept>;
  /** Keeps, in place of what had that name; resolves once a reload of the page cannot lose it. */
  put(name: string, kept: Kept): Promise<void>;
}

/** Keeps in the page's memory: a reload of the other page is survived, one of this page is not. */
export class MemoryRunStore implements RunStore {
  readonly #records = new Map<string, Kept>();

  async names(): Promise<readonly string[]> {
    return [...this.#records.keys()];
  }

  async get(name: string): Promise<Kept> {
    const kept = this.#records.get(name);
    if (!kept) throw new Error(`nothing is kept as ${name}`);
    return kept;
  }

  async put(name: string, kept: Kept): Promise<void> {
    this.#records.set(name, kept);
  }
}

/** The numbers behind a view's bytes, as a copy with its own buffer. */
export const float64s = (bytes: Uint8Array) => new Float64Array(bytes.slice().buffer);
export const uint32s = (bytes: Uint8Array) => new Uint32Array(bytes.slice().buffer);
export const int32s = (bytes: Uint8Array) => new Int32Array(bytes.slice().buffer);

/** The bytes of numbers, as a view. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  new Uint8Array(buffer, byteOffset, byteLength);
