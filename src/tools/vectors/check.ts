/**
 * An independent reader of docs/vectors: from what docs/protocol.md says, with Node's own cryptography and BigInt, and nothing of
 * the rooms that it checks. Also the shortest answer to how much a second implementation has to know.
 */
import { createHash, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
interface Rooms {
  rooms: { secret: string; link: string; id: string }[];
}
interface Agreements {
  agreements: {
    agreement: Json;
    hash: string;
    salts: { band: number; attempt: number; salt: string }[];
    labelSalt: string;
  }[];
}
interface Keys {
  modulus: number;
  types: string[];
  joined: number[];
  rows: string[][];
  tokens: string[][][];
  seed: string;
  salt: string;
  bins: number;
  bands: {
    index: number;
    fields: { field: number; picks: number[] }[];
    rows: { key: number[]; fingerprint: number; bins: number[] }[];
  }[];
}
interface Limbs {
  plan: { width: number };
  values: { value: number; limbs: number[]; squareLimbs: number[]; joined: string }[];
}

let checks = 0;
function same(what: string, found: unknown, expected: unknown): void {
  checks++;
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`${what}: ${JSON.stringify(found)} is not ${JSON.stringify(expected)}`);
  }
}

function sha256(...parts: (Uint8Array | string)[]) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
const bytes = (hex: string) => Buffer.from(hex, 'hex');

/** Canonical JSON of what agreements hold: keys sorted by UTF-16 code units, no blanks. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.keys(value).sort();
  return `{${entries.map((key) => `${JSON.stringify(key)}:${canonical(value[key] as Json)}`).join(',')}}`;
}

function checkRooms({ rooms }: Rooms): void {
  for (const { secret, link, id } of rooms) {
    const name = Buffer.from(hkdfSync('sha256', bytes(secret), '', 'blindjoin/1 room', 16)).toString('hex');
    same('room id', id, `blindjoin-${name}`);
    same('secret in the link', Buffer.from(link.split('room=')[1] ?? '', 'base64url').toString('hex'), secret);
  }
}

function checkAgreements({ agreements }: Agreements): void {
  for (const { agreement, hash, salts, labelSalt } of agreements) {
    same('agreement hash', hash, sha256(canonical(agreement)).toString('hex'));
    for (const { band, attempt, salt } of salts) {
      same('salt', salt, sha256(bytes(hash), Uint8Array.of(band, attempt)).toString('hex').slice(0, 32));
    }
    const ofLabels = sha256(bytes(hash), 'labels', Uint8Array.of(0)).toString('hex').slice(0, 32);
    same('salt of labels', labelSalt, ofLabels);
  }
}

const WORD = 0xffff_ffff;
const rotate = (x: number, bits: number) => ((x << bits) | (x >>> (32 - bits))) >>> 0;
function mix(x: number): number {
  let h = Math.imul((x ^ (x >>> 16)) >>> 0, 0x85ebca6b) >>> 0;
  h = Math.imul((h ^ (h >>> 13)) >>> 0, 0xc2b2ae35) >>> 0;
  return (h ^ (h >>> 16)) >>> 0;
}
function absorb(state: number, word: number): number {
  const scrambled = Math.imul(rotate(Math.imul(word, 0xcc9e2d51) >>> 0, 15), 0x1b873593) >>> 0;
  return (Math.imul(rotate((state ^ scrambled) >>> 0, 13), 5) + 0xe6546b64) >>> 0;
}
const hashOf = (words: readonly number[], key: number) => mix((words.reduce(absorb, key >>> 0) ^ words.length) >>> 0);
const hashOfText = (text: string, key: number) =>
  hashOf(
    Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)),
    key,
  );

function tokensOf(type: string, value: string): string[] {
  if (value === '') return [];
  const characters = [...value];
  if (type === 'date' || type === 'code') return characters.map((character, i) => `${i}${character}`);
  if (type === 'category') return [value];
  const padded = [' ', ...characters, ' '];
  return padded.slice(1).map((character, i) => `${padded[i]}${character}`);
}

/** The two words of the token that MinHash function `pick` puts first. */
function firstToken(tokens: readonly string[], key: readonly number[], pick: number): readonly [number, number] {
  const [low, high] = [hashOf(key, 0x6d696e31), hashOf(key, 0x6d696e32)];
  const own = hashOf([low, high, pick], 0x66756e63);
  const ranked = [...new Set(tokens)].map((token) => {
    const words = [hashOfText(token, low), hashOfText(token, high)] as const;
    return { words, rank: mix(absorb((own ^ words[0]) >>> 0, words[1])) };
  });
  return ranked.reduce((best, next) => (next.rank < best.rank ? next : best)).words;
}

function keyOf(vectors: Keys, band: Keys['bands'][number], row: readonly string[]): number[] {
  const seed = [0, 8, 16, 24].map((at) => Number.parseInt(vectors.seed.slice(at, at + 8), 16));
  const salted = [...seed, band.index, ...bytes(vectors.salt)];
  let [a, b, c, d] = [1, 2, 3, 4].map((lane) => hashOf(salted, lane)) as [number, number, number, number];
  for (const { field, picks } of band.fields) {
    // Of the field behind the last, those of all joined names.
    const taken = field < vectors.types.length ? [field] : vectors.joined;
    const tokens = taken.flatMap((one) => tokensOf(vectors.types[one] ?? '', row[one] ?? ''));
    if (tokens.length === 0) return [0, 0, 0, 0];
    const key = [...seed, field];
    let [low, high] = [hashOf(key, 0x6c6f7721), hashOf(key, 0x68696768)];
    for (const pick of picks) {
      const first = firstToken(tokens, key, pick);
      [low, high] = [absorb(low, first[0]), absorb(high, first[1])];
    }
    a = (absorb(a, low) + b) >>> 0;
    b = (absorb(b, high) + c) >>> 0;
    c = (absorb(c, (low ^ rotate(high, 16)) >>> 0) + d) >>> 0;
    d = (absorb(d, (low + rotate(high, 7)) >>> 0) + a) >>> 0;
  }
  const last = (mix((d ^ rotate(c, 23)) >>> 0) | 1) >>> 0;
  return [mix((a ^ rotate(d, 11)) >>> 0), mix((b ^ rotate(a, 17)) >>> 0), mix((c ^ rotate(b, 5)) >>> 0), last];
}

function checkKeys(vectors: Keys): void {
  vectors.rows.forEach((row, r) => {
    same(
      'tokens',
      vectors.tokens[r],
      row.map((value, field) => tokensOf(vectors.types[field] ?? '', value)),
    );
  });
  for (const band of vectors.bands) {
    band.rows.forEach(({ key, fingerprint, bins }, r) => {
      same('key', key, keyOf(vectors, band, vectors.rows[r] ?? []));
      const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = key;
      same('fingerprint', fingerprint, 1 + (((w1 & 1) * 2 ** 32 + w0) % (vectors.modulus - 1)));
      const shares = [(w1 >>> 1) / 2 ** 31, w2 / (WORD + 1), w3 / (WORD + 1)];
      same(
        'bins',
        bins,
        shares.map((share) => Math.floor(share * vectors.bins)),
      );
    });
  }
}

function checkLimbs({ plan, values }: Limbs): void {
  const width = BigInt(plan.width);
  const cut = (value: bigint, count: number) =>
    Array.from({ length: count }, (_, i) => Number((value >> (width * BigInt(i))) & ((1n << width) - 1n)));
  for (const { value, limbs, squareLimbs, joined } of values) {
    same('limbs', limbs, cut(BigInt(value), limbs.length));
    same('limbs of the square', squareLimbs, cut(BigInt(value) ** 2n, squareLimbs.length));
    same('joined limbs', joined, String(value));
  }
}

/**
 * How many known answers in the folder agree.
 * @throws Error that names the first that does not
 */
export function checkVectors(folder: string): number {
  const read = <T>(name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;
  checks = 0;
  checkRooms(read<Rooms>('rooms.json'));
  checkAgreements(read<Agreements>('agreements.json'));
  checkKeys(read<Keys>('keys.json'));
  checkLimbs(read<Limbs>('limbs.json'));
  return checks;
}
