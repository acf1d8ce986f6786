/**
 * Counts, over bytes given piece by piece, the well-formed multi-byte characters of UTF-8 and the bytes that fit none
 * (RFC 3629, table of section 4).
 */
export class Utf8Census {
  characters = 0;
  misfits = 0;
  #pending = 0;
  #low = 0x80;
  #high = 0xbf;

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#pending > 0) {
        if (byte >= this.#low && byte <= this.#high) {
          this.#low = 0x80;
          this.#high = 0xbf;
          if (--this.#pending === 0) this.characters++;
          continue;
        }
        this.misfits++;
        this.#pending = 0;
      }
      if (byte >= 0x80) this.#lead(byte);
    }
  }

  #lead(byte: number): void {
    this.#low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    this.#high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
    if (byte >= 0xc2 && byte <= 0xdf) this.#pending = 1;
    else if (byte >= 0xe0 && byte <= 0xef) this.#pending = 2;
    else if (byte >= 0xf0 && byte <= 0xf4) this.#pending = 3;
    else this.misfits++;
  }
}
