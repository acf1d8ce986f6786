import { AGREEMENT_MUTANTS } from './agreement-mutants.ts';
import { APP_MUTANTS } from './app-mutants.ts';
import { BOUND_MUTANTS } from './bound-mutants.ts';
import { CHANNEL_MUTANTS } from './channel-mutants.ts';
import { FIGURES_MUTANTS } from './figures-mutants.ts';
import { GATE_MUTANTS } from './gate-mutants.ts';
import { KEYS_MUTANTS } from './keys-mutants.ts';
import { LEDGER_MUTANTS } from './ledger-mutants.ts';
import { LINKING_MUTANTS } from './linking-mutants.ts';
import type { Mutant } from './mutant.ts';
import { NAMED_MUTANTS } from './named-mutants.ts';
import { NEGOTIATION_MUTANTS } from './negotiation-mutants.ts';
import { NET_MUTANTS } from './net-mutants.ts';
import { PROTOCOL_MUTANTS } from './protocol-mutants.ts';
import { PSI_MUTANTS } from './psi-mutants.ts';
import { QUEUE_MUTANTS } from './queue-mutants.ts';
import { REFUSAL_MUTANTS } from './refusal-mutants.ts';
import { RUN_MUTANTS } from './run-mutants.ts';
import { SEAL_MUTANTS } from './seal-mutants.ts';
import { SEALING_MUTANTS } from './sealing-mutants.ts';
import { SELECTION_MUTANTS } from './selection-mutants.ts';
import { STORAGE_MUTANTS } from './storage-mutants.ts';
import { SUMS_MUTANTS } from './sums-mutants.ts';
import { TABLES_MUTANTS } from './tables-mutants.ts';
import { UNATTENDED_MUTANTS } from './unattended-mutants.ts';
import { WIRE_MUTANTS } from './wire-mutants.ts';

/** Every line that is tried, room by room. */
export const MUTANTS: readonly Mutant[] = [
  ...KEYS_MUTANTS,
  ...SEAL_MUTANTS,
  ...PSI_MUTANTS,
  ...SUMS_MUTANTS,
  ...GATE_MUTANTS,
  ...TABLES_MUTANTS,
  ...FIGURES_MUTANTS,
  ...PROTOCOL_MUTANTS,
  ...CHANNEL_MUTANTS,
  ...SEALING_MUTANTS,
  ...NET_MUTANTS,
  ...STORAGE_MUTANTS,
  ...LEDGER_MUTANTS,
  ...LINKING_MUTANTS,
  ...QUEUE_MUTANTS,
  ...NAMED_MUTANTS,
  ...SELECTION_MUTANTS,
  ...RUN_MUTANTS,
  ...WIRE_MUTANTS,
  ...BOUND_MUTANTS,
  ...AGREEMENT_MUTANTS,
  ...NEGOTIATION_MUTANTS,
  ...REFUSAL_MUTANTS,
  ...APP_MUTANTS,
  ...UNATTENDED_MUTANTS,
];
