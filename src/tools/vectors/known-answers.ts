/** Known answers for whoever writes a second implementation: docs/vectors. Everything in them is made up. */
import { hexToBytes } from '@noble/hashes/utils.js';
import { agreementHash, type Band } from '../../agreement/agreement.ts';
import type { FieldType } from '../../agreement/match-field.ts';
import { createBandKeyer } from '../../keys/band-keys.ts';
import { fieldTokens } from '../../keys/tokens.ts';
import { roomId, roomLink } from '../../net/link.ts';
import { bandSalt, labelSalt } from '../../protocol/session.ts';
import { CANDIDATE_BINS, candidateBin, fingerprint } from '../../psi/key-points.ts';
import { PLAIN_MODULUS } from '../../seal/parameters.ts';
import { joinLimbs, planLimbs, squareLimb, valueLimb } from '../../tally/limbs.ts';
import { recordsOf } from '../../testing/made-up-records.ts';
import { madeUpAgreement } from '../../testing/made-up-tally.ts';

const SECRETS = ['00'.repeat(32), '6b441d054b37e2192d851bf3298f08d2cb3394f4077393aa10571d31dbce2379'];

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function rooms() {
  return {
    about: 'A room link carries a secret of 32 bytes; the name of the room at the signalling server follows from it.',
    rooms: SECRETS.map((secret) => ({
      secret,
      link: roomLink('https://example.org/', 'researcher', hexToBytes(secret)),
      id: roomId(hexToBytes(secret)),
    })),
  };
}

function agreements() {
  const shapes = [
    { groups: [3], payloads: 1, dataRows: 500, minimum: 10 },
    { groups: [2, 2], payloads: 2, dataRows: 1000, minimum: 5 },
  ];
  return {
    about: 'The hash is SHA-256 of the agreement as canonical JSON (RFC 8785). Salts follow from it.',
    agreements: shapes.map(madeUpAgreement).map((agreement) => {
      const session = { hash: agreementHash(agreement) } as Parameters<typeof bandSalt>[0];
      return {
        agreement,
        hash: session.hash,
        salts: [
          { band: 0, attempt: 0, salt: hex(bandSalt(session, 0, 0)) },
          { band: 17, attempt: 2, salt: hex(bandSalt(session, 17, 2)) },
        ],
        labelSalt: hex(labelSalt(session, 0)),
      };
    }),
  };
}

const TYPES: readonly FieldType[] = ['name', 'date', 'category', 'name'];
const ROWS = [
  ['anna', '19710203', 'f', 'schmidt'],
  ['ann', '19710203', 'f', ''],
  ['łukasz', '', 'm', 'nowak'],
  ['schmidt', '19710203', '', 'anna'],
];
const BANDS: readonly Band[] = [
  {
    fields: [
      { field: 0, picks: [0, 1] },
      { field: 2, picks: [5] },
    ],
  },
  {
    fields: [
      { field: 1, picks: [32] },
      { field: 0, picks: [] },
    ],
  },
  {
    fields: [
      { field: 1, picks: [64] },
      { field: TYPES.length, picks: [64, 65] },
    ],
  },
];
const BINS = 8192;

function keys() {
  const seed = '000102030405060708090a0b0c0d0e0f';
  const salt = 'a0a1a2a3a4a5a6a7a8a9aaabacadaeaf';
  const joined = [0, 3];
  const design = { source: 'minhash' as const, seed, bands: [], joined };
  const keyer = createBandKeyer(recordsOf(TYPES, ROWS), seed);
  return {
    about:
      'Keys of normalised rows under a seed and a salt, MinHash bands; four words of 32 bits a row, zeros where a row has none. The field behind the last is that of the joined names. Then the point of a key in a table.',
    modulus: PLAIN_MODULUS,
    types: TYPES,
    joined,
    rows: ROWS,
    tokens: ROWS.map((row) => row.map((value, field) => fieldTokens(TYPES[field] ?? 'text', value))),
    seed,
    salt,
    bins: BINS,
    bands: BANDS.map((band, index) => {
      const all = keyer.keys(design, band, index, hexToBytes(salt));
      return {
        index,
        ...band,
        rows: ROWS.map((_, row) => ({
          key: [...all.subarray(4 * row, 4 * row + 4)],
          fingerprint: fingerprint(all, row),
          bins: Array.from({ length: CANDIDATE_BINS }, (_, which) => candidateBin(all, row, which, BINS)),
        })),
      };
    }),
  };
}

function limbs() {
  const payload = { name: 'income', minimum: 0, maximum: 200_000, decimals: 2, complete: true };
  const matchedRows = 5000;
  const plan = planLimbs(payload, matchedRows);
  const values = [0, 1, 1234567, 19_999_999];
  return {
    about: 'A payload value, shifted to begin at zero and scaled by its decimals, is cut into limbs, lowest first.',
    payload,
    matchedRows,
    plan,
    values: values.map((value) => {
      const own = Array.from({ length: plan.valueLimbs }, (_, i) => valueLimb(value, i, plan.width));
      return {
        value,
        limbs: own,
        squareLimbs: Array.from({ length: plan.squareLimbs }, (_, i) => squareLimb(value, i, plan.width)),
        joined: String(joinLimbs(own, plan.width)),
      };
    }),
  };
}

/** Every file of docs/vectors that this command writes, by name. `frames.json` was made once, with random bytes, and stays. */
export function knownAnswers(): Readonly<Record<string, object>> {
  return { 'rooms.json': rooms(), 'agreements.json': agreements(), 'keys.json': keys(), 'limbs.json': limbs() };
}

export const vectorText = (answers: object): string => `${JSON.stringify(answers, null, 2)}\n`;
