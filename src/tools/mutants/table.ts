import { CHANNEL_MUTANTS } from './channel-mutants.ts';
import { KEYS_MUTANTS } from './keys-mutants.ts';
import { LEDGER_MUTANTS } from './ledger-mutants.ts';
import type { Mutant } from './mutant.ts';
import { NET_MUTANTS } from './net-mutants.ts';
import { PSI_MUTANTS } from './psi-mutants.ts';
import { SEALING_MUTANTS } from './sealing-mutants.ts';
import { STORAGE_MUTANTS } from './storage-mutants.ts';

/** Every line that is tried, room by room. */
export const MUTANTS: readonly Mutant[] = [
  ...KEYS_MUTANTS,
  ...PSI_MUTANTS,
  ...CHANNEL_MUTANTS,
  ...SEALING_MUTANTS,
  ...NET_MUTANTS,
  ...STORAGE_MUTANTS,
  ...LEDGER_MUTANTS,
];
