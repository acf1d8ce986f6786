import { clkFileParts, type PackedClks } from '../clk/clk-file.ts';
import type { EncodedRows } from '../clk/clk-pool.ts';
import type { OutputFile } from './output-file.ts';

/** Writes a CLK file from parts that come in any order. */
export class ClkWriter {
  readonly #waiting = new Map<number, PackedClks>();
  #next = 0;
  #writing: Promise<void> = Promise.resolve();
  readonly #text = clkFileParts();

  readonly #output: OutputFile;

  constructor(output: OutputFile) {
    this.#output = output;
  }

  /** Whether nobody sees anything of it before `finish`. */
  get unseen(): boolean {
    return this.#output.unseen;
  }

  /** Takes rows; resolves once everything that could be written is. */
  take({ first, table }: EncodedRows): Promise<void> {
    this.#waiting.set(first, table);
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Ends the file. */
  async finish(): Promise<void> {
    await this.#writing;
    await this.#output.write(this.#text.end());
    await this.#output.finish();
  }

  async #write(): Promise<void> {
    for (let part = this.#waiting.get(this.#next); part !== undefined; part = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next);
      this.#next += part.rows;
      await this.#output.write(this.#text.rows(part));
    }
  }
}
