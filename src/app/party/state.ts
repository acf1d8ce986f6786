/** The state of one party as the page shows it. Types and the beginning; how it changes is in `party.ts`. */

import type { KeyDesign, MissingValues, RoundingBase } from '../../agreement/agreement.ts';
import type { KeySource } from '../../agreement/match-field.ts';
import type { MatchScores, OwnerOutcome, ResearcherResult, Stage } from '../../agreement/result.ts';
import { type AskedStatistics, ofEachStatistic } from '../../agreement/statistics.ts';
import type { Study } from '../../agreement/study.ts';
import type { BandSuggestion } from '../../keys/band-rule.ts';
import type { Standing } from '../../ledger/standing.ts';
import type { Role, RoomState } from '../../net/room-api.ts';
import type { NegotiationState } from '../../protocol/negotiation.ts';
import type { StepEffect } from '../../table/apply-cleaning.ts';
import type { Cleaning } from '../../table/cleaning.ts';
import type { LabelCount } from '../../table/group-labels.ts';
import type { ColumnUse, CsvOptions, Problem, TableSummary } from '../../table/table.ts';
import { message } from '../../words/translate.ts';
import type { StudyLimits } from './study-limits.ts';

export const STEPS = [
  message('Data'),
  message('Columns'),
  message('Rules'),
  message('Connect'),
  message('Run and result'),
] as const;
export type StepIndex = 0 | 1 | 2 | 3 | 4;
export const RULES_STEP: StepIndex = 2;
export const CONNECT_STEP: StepIndex = 3;
export const RUN_STEP: StepIndex = 4;

export type FileState =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading'; readonly name: string; readonly bytes: number; readonly bytesRead: number }
  | {
      readonly kind: 'failed';
      readonly name: string;
      readonly message: string;
      /** As which the file was to be read; what is not said was left to detection. */
      readonly options: Partial<CsvOptions>;
      /** Of a workbook that was read before with other options. */
      readonly sheets?: readonly string[];
    }
  | { readonly kind: 'ready'; readonly summary: TableSummary };

/** An `Average` column: its declared range and what that does to the values. */
export interface PayloadState {
  readonly minimum: number;
  readonly maximum: number;
  readonly decimals: number;
  readonly problems: readonly Problem[];
  /** Rows without a usable value; undefined while they are being counted. */
  readonly missing: number | undefined;
}

/** A `Group by` column: its labels, or why they cannot be used. */
export type GroupState =
  | { readonly kind: 'counting' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ready'; readonly labels: readonly LabelCount[] };

/** Owner: a table of several, by column indices. */
export interface TableChoice {
  readonly groups: readonly number[];
  readonly payloads: readonly number[];
}

export const PROTECTIONS = ['exact', 'noise', 'rounding'] as const;
export type Protection = (typeof PROTECTIONS)[number];

export interface RuleState {
  readonly minimumGroupSize: number;
  readonly keys: KeySource;
  readonly bands: number;
  readonly agreeingBands: number;
  /** The page decides how many, as soon as it has measured the file; false once the person has set a number. */
  readonly bandsByPage: boolean;
  readonly statistics: AskedStatistics;
  readonly missingValues: MissingValues;
  /** What is done to released figures beyond the minimum. */
  readonly protection: Protection;
  /** Of noise. NaN: not a number yet. */
  readonly epsilon: number;
  /** Of rounding. */
  readonly roundingBase: RoundingBase;
}

export interface CleaningState {
  /** In force, in their order. */
  readonly steps: Cleaning;
  /** Values changed or rows left out, one a step. */
  readonly effects: readonly StepEffect[];
  /** Other steps are being taken; until then these are in force. */
  readonly busy: boolean;
  /** Why the last change of the list was not made. */
  readonly error?: string;
}

export const NO_CLEANING: CleaningState = { steps: [], effects: [], busy: false };

/** Where a field of the owner is in the researcher's list: a column, nowhere (`null`), or not said yet. */
export type FieldColumn = number | null | undefined;

/** Each of a study's texts, empty where nothing is said. */
export type StudyTexts = Readonly<Record<keyof Study, string>>;

export const NO_STUDY: StudyTexts = { title: '', purpose: '', organisation: '', approval: '', until: '' };

export interface RoomView {
  readonly link: string;
  readonly opened: boolean;
  readonly state: RoomState;
}

export interface StageView {
  readonly done: number;
  readonly note: string;
  /** `performance.now()` of the first and the last report; undefined before the stage began. */
  readonly startedAt?: number;
  readonly reportedAt?: number;
  /** For the other person or their page. */
  readonly waiting?: boolean;
}

/** How something ended that should have gone on: what happened, and what to do. */
export interface Ending {
  readonly title: string;
  readonly message: string;
}

export type RunState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly stages: Readonly<Record<Stage, StageView>>;
      /** Owner: the release has left. */
      readonly released: boolean;
      /** The browser cannot keep the run (any more): a reload of this page ends it. */
      readonly reloadEnds?: boolean;
      /** Researcher: the run waits until they choose from which weight up candidates are matches. */
      readonly choosing?: MatchScores | undefined;
    }
  | { readonly kind: 'result'; readonly result: ResearcherResult }
  | { readonly kind: 'outcome'; readonly outcome: OwnerOutcome }
  | { readonly kind: 'ended'; readonly ending: Ending };

export interface Traffic {
  readonly bytesSent: number;
  readonly bytesReceived: number;
}

/** What the owner's ledger says of this file. */
export type LedgerState =
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'broken'; readonly message: string }
  | { readonly kind: 'ready'; readonly standing: Standing };

export interface PartyState {
  readonly role: Role;
  readonly step: StepIndex;
  /** What is missing on this step, shown after an attempt to go on. */
  readonly missing: readonly string[];
  readonly file: FileState;
  /** How the file is to be read, as far as the person or an opened study has said. */
  readonly csvOptions: Partial<CsvOptions>;
  /** What is changed about the file before it is used. */
  readonly cleaning: CleaningState;
  readonly uses: readonly ColumnUse[];
  /** By column index. */
  readonly payloads: Readonly<Record<number, PayloadState>>;
  readonly groups: Readonly<Record<number, GroupState>>;
  /** Edges of the ranges that a column is grouped by, as typed, by column index; empty or none where each value is a group. */
  readonly ranges: Readonly<Record<number, string>>;
  /** Owner: the tables over one linkage; empty: one table of all columns. */
  readonly tables: readonly TableChoice[];
  /** Problems that depend on how columns are used; undefined while they are being looked for. */
  readonly matchProblems: readonly Problem[] | undefined;
  readonly rules: RuleState;
  /** What this side says of the study, as typed: an empty text is not said. */
  readonly study: StudyTexts;
  /** What an opened study file could not bring about, in sentences. */
  readonly studyProblems: readonly string[];
  /** Researcher: where an opened study file finds the owner's fields, by their names; null for nowhere. */
  readonly studyPlaces: Readonly<Record<string, string | null>>;
  /** Owner: what an opened study file lets be answered without a person. */
  readonly studyLimits: StudyLimits | undefined;
  /** Researcher: the run is to wait for them after the linkage. No part of the agreement. */
  readonly showMatchesFirst: boolean;
  /** Researcher: the owner is not told the names of the strata. */
  readonly hideGroups: boolean;
  /** Owner: a band design for this file and these rules, for the chart; undefined while it is being made. */
  readonly design: KeyDesign | undefined;
  /** Owner: how many bands are enough for this file; undefined while that is being found out. */
  readonly bandAdvice: BandSuggestion | undefined;
  readonly fieldColumns: readonly FieldColumn[];
  readonly room: RoomView | undefined;
  readonly negotiation: NegotiationState | undefined;
  /** Researcher: the minimum of the first terms in this room, below which their own labels are not named to the owner. */
  readonly strataMinimum: number | undefined;
  /** Owner; undefined while it is being read. */
  readonly ledger: LedgerState | undefined;
  /** The owner's terms are being prepared, or could not be. */
  readonly proposal: { readonly preparing: boolean; readonly error?: string };
  /** Owner: how many bands' keys are made as far as they can be before the run. */
  readonly keysPrepared: { readonly done: number; readonly bands: number } | undefined;
  /** All that the encryption needs and that can be made before the run is made. */
  readonly encryptionReady: boolean;
  /** Something of the agreement (terms, list size) has left this computer. */
  readonly agreementSent: boolean;
  readonly run: RunState;
  readonly traffic: Traffic;
  /** What was kept before a reload is being looked for and brought back: until then nothing else can be done on the page. */
  readonly returning: boolean;
  /** All that the person has said is kept, as far as it would be brought back after a reload. */
  readonly draftKept: boolean;
}

export const DEFAULT_RULES: RuleState = {
  minimumGroupSize: 10,
  keys: 'minhash',
  bands: 64,
  agreeingBands: 2,
  bandsByPage: true,
  statistics: ofEachStatistic((name) => name === 'count' || name === 'mean'),
  missingValues: 'complete-cases',
  protection: 'exact',
  epsilon: 1,
  roundingBase: 5,
};

/** What is chosen and known about a file, while there is none. */
export const OF_NO_FILE = {
  cleaning: NO_CLEANING,
  uses: [],
  payloads: {},
  groups: {},
  ranges: {},
  tables: [],
  fieldColumns: [],
  matchProblems: [],
  missing: [],
} satisfies Partial<PartyState>;

export function initialState(role: Role): PartyState {
  return {
    role,
    step: 0,
    file: { kind: 'none' },
    csvOptions: {},
    ...OF_NO_FILE,
    rules: DEFAULT_RULES,
    study: NO_STUDY,
    studyProblems: [],
    studyPlaces: {},
    studyLimits: undefined,
    showMatchesFirst: false,
    hideGroups: false,
    design: undefined,
    bandAdvice: undefined,
    room: undefined,
    negotiation: undefined,
    strataMinimum: undefined,
    ledger: undefined,
    proposal: { preparing: false },
    keysPrepared: undefined,
    encryptionReady: false,
    agreementSent: false,
    run: { kind: 'idle' },
    traffic: { bytesSent: 0, bytesReceived: 0 },
    returning: false,
    draftKept: false,
  };
}

/** From here on the person may not go back: ciphertexts travel, or have travelled. */
export function isRunOpen(state: PartyState): boolean {
  return state.run.kind !== 'idle';
}

export function isRunning(state: PartyState): boolean {
  return state.run.kind === 'running';
}
