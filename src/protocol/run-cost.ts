/**
 * What a run will cost, told before people agree. Bytes follow exactly from the agreement; time and memory are counts of what is
 * done times what each took on one machine (docs/performance.md).
 */
import type { Agreement } from '../agreement/agreement.ts';
import { LINKAGE } from '../seal/parameters.ts';
import type { TallyLayout } from '../tally/layout.ts';
import { bundlesOf } from './bundles.ts';
import { deriveSession } from './session.ts';
import { runSteps } from './steps.ts';

/** How often each side does what takes time. Linkage over all bands; `tally` operations are in the larger set. */
export interface RunWork {
  readonly researcher: {
    readonly encryptions: number;
    readonly decryptions: number;
    readonly tallyDecryptions: number;
  };
  readonly owner: {
    /** Ciphertexts of the researcher that are loaded. */
    readonly loads: number;
    /** Products of a ciphertext and a plaintext, with the plaintext's encoding. */
    readonly products: number;
    readonly seals: number;
    /** Band keys made: rows times bands. Each is then placed in up to three bins. */
    readonly keys: number;
    /** Multiplications mod p for the polynomials. */
    readonly multiplications: number;
    readonly tallySquares: number;
    readonly tallyProducts: number;
    readonly tallySeals: number;
  };
}

export interface RunCost {
  /** Bytes of all messages but their heads and frames (below one part in a hundred): from the researcher, from the owner. */
  readonly researcherSends: number;
  readonly ownerSends: number;
  /** Seconds from the second agreement to the table, on computers like the measured one and a line that keeps up. */
  readonly seconds: number;
  /** Highest memory of the page, bytes. */
  readonly memory: { readonly researcher: number; readonly owner: number };
}

/** Processor seconds an operation; measured as docs/performance.md says. */
const SECONDS = {
  encryption: 0.0055,
  decryption: 0.003,
  load: 0.0015,
  product: 0.0016,
  seal: 0.007,
  key: 0.35e-6,
  multiplication: 2e-9,
  tallyDecryption: 0.016,
  tallySquare: 0.16,
  tallyProduct: 0.007,
  tallySeal: 0.03,
  /** Framing, checks, copies and the connection's own encryption, a byte on either side. */
  byte: 40e-9,
  /** Keys of the tally, gate and release, whatever the sizes. */
  constant: 2,
} as const;

/**
 * Bytes of memory: of a page with SEAL in its first worker, of a further worker, of a row of the owner's file. Messages add what
 * is sent and received: measured peaks grow by that.
 */
const MEMORY = { page: 450e6, worker: 150e6, row: 400 } as const;

/** Bundles at the owner's that wait with their keys and queries, beside the one in each worker. */
const waitingBundles = (workers: number) => workers + 1;

/** Bytes each side sends: exact but for heads and frames. */
export function runBytes(agreement: Agreement, layout: TallyLayout): Pick<RunCost, 'researcherSends' | 'ownerSends'> {
  const steps = runSteps(agreement, layout);
  const bundles = bundlesOf(agreement);
  const total = (sizes: readonly number[]) => sizes.reduce((sum, bytes) => sum + bytes, 0);
  const fixed = (all: readonly { blobSizes(body: Record<string, never>): readonly number[] }[]) =>
    all.reduce((sum, step) => sum + total(step.blobSizes({})), 0);
  return {
    researcherSends:
      bundles * total(steps.bundleQuery.blobSizes()) +
      total(steps.labelQuery.blobSizes()) +
      fixed([steps.linkageKeys, steps.tallyKeys, steps.bits, steps.counts, steps.inverses]),
    ownerSends:
      bundles * total(steps.bundleAnswer.blobSizes()) +
      layout.answers * total(steps.sum.blobSizes()) +
      fixed([steps.labelAnswer, steps.gate, steps.release]),
  };
}

export function runWork(agreement: Agreement, layout: TallyLayout): RunWork {
  const { bins, degree, segments } = agreement.geometry;
  const { dataRows, keys } = agreement.terms;
  const bands = keys.bands.length;
  const bundles = bundlesOf(agreement);
  const groups = bins / LINKAGE.degree;
  // Points in a segment. Of each: the product of differences to those before, the polynomial before evaluated at it, one step of
  // expansion, and five for the inverse.
  const points = Math.min(degree, (3 * bands * dataRows) / (bundles * bins * segments));
  const multiplications = points * points + points * (degree - points / 2) + 5 * points;
  return {
    researcher: {
      encryptions: bundles * groups * degree,
      decryptions: bundles * groups * segments,
      tallyDecryptions: layout.answers + (layout.strata + 1) * layout.chunks,
    },
    owner: {
      loads: bundles * groups * degree,
      products: bundles * groups * segments * (degree + 1),
      seals: bundles * groups * segments,
      keys: bands * dataRows,
      multiplications: bundles * bins * segments * multiplications,
      tallySquares: layout.chunks * (layout.strata === 1 ? 1 : layout.strata + 1),
      tallyProducts: layout.answers * (layout.chunks + 2) + (layout.strata + 2) * layout.chunks,
      tallySeals: layout.answers,
    },
  };
}

/**
 * `workers`: SEAL workers on either side.
 * @throws where the agreement is none that a run can carry
 */
export function runCost(agreement: Agreement, workers: number): RunCost {
  const { layout } = deriveSession(agreement);
  const bytes = runBytes(agreement, layout);
  const { researcher, owner } = runWork(agreement, layout);
  const { bandsInBundle, bins, degree, segments } = agreement.geometry;
  const { dataRows, keys } = agreement.terms;
  const answers = keys.bands.length * segments * 8 * agreement.list.listRows;
  const messages = bytes.researcherSends + bytes.ownerSends;
  const researcherSeconds =
    SECONDS.encryption * researcher.encryptions +
    SECONDS.decryption * researcher.decryptions +
    SECONDS.tallyDecryption * researcher.tallyDecryptions;
  const ownerSeconds =
    SECONDS.load * owner.loads +
    SECONDS.product * owner.products +
    SECONDS.seal * owner.seals +
    SECONDS.key * owner.keys +
    SECONDS.multiplication * owner.multiplications +
    SECONDS.tallySquare * owner.tallySquares +
    SECONDS.tallyProduct * owner.tallyProducts +
    SECONDS.tallySeal * owner.tallySeals;
  const table = 16 * bins * degree * segments;
  const bandKeys = 16 * bandsInBundle * dataRows;
  return {
    ...bytes,
    seconds: SECONDS.constant + SECONDS.byte * messages + Math.max(researcherSeconds, ownerSeconds) / workers,
    memory: {
      researcher: MEMORY.page + MEMORY.worker * (workers - 1) + 2 * answers + messages,
      owner:
        MEMORY.page +
        (MEMORY.worker + table) * workers +
        MEMORY.row * dataRows +
        bandKeys * waitingBundles(workers) +
        messages,
    },
  };
}
