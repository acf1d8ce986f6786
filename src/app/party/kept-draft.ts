/** What a party keeps of itself before there is a run, so that a reloaded page shows the same and comes back into its room. */
import type { Role, RoomPass } from '../../net/room-api.ts';
import { OF_PAGE } from '../../storage/fallback-store.ts';
import type { KeptRun } from '../../storage/kept-run.ts';
import type { ColumnSettings } from '../../table/column-settings.ts';
import type { CsvOptions } from '../../table/table.ts';
import type { FieldColumn, PartyState } from './state.ts';

/** What of the state is found out anew. Everything else is what the person has said. */
const FOUND_OUT = [
  'role',
  'missing',
  'file',
  'groups',
  'matchProblems',
  'design',
  'bandAdvice',
  'room',
  'negotiation',
  'ledger',
  'proposal',
  'keysPrepared',
  'encryptionReady',
  'run',
  'traffic',
  'returning',
  'draftKept',
] as const satisfies readonly (keyof PartyState)[];
export type DraftChoices = Omit<PartyState, (typeof FOUND_OUT)[number]>;

/** The way back into the room that the person is in. */
export interface KeptRoom {
  readonly pass: RoomPass;
  /** Researcher: the owner's fields that `fieldColumns` is about, as JSON. */
  readonly placedFor: string | undefined;
}

export interface Draft {
  readonly choices: DraftChoices;
  /** Undefined where no file was chosen yet. */
  readonly file?: {
    readonly options: CsvOptions;
    /** What was decided about the columns, by column. */
    readonly settings: readonly ColumnSettings[];
  };
  readonly room: KeptRoom | undefined;
}

/** Stored arrays know no `undefined`. */
const UNSAID = 'unsaid';

interface DraftRecord extends Draft {
  readonly placed: readonly (Exclude<FieldColumn, undefined> | typeof UNSAID)[];
  readonly role: Role;
  readonly version: string;
}

const RECORD = `${OF_PAGE}draft`;

function choicesOf(state: PartyState): DraftChoices {
  const foundOut: readonly string[] = FOUND_OUT;
  return Object.fromEntries(Object.entries(state).filter(([name]) => !foundOut.includes(name))) as DraftChoices;
}

/** Undefined while there is neither file nor room: nothing that a reload could lose. */
export function draftOf(state: PartyState, room: KeptRoom | undefined): Draft | undefined {
  const choices = choicesOf(state);
  if (state.file.kind !== 'ready') return room && { choices, room };
  const { options, columns } = state.file.summary;
  return { choices, file: { options, settings: columns.map(({ settings }) => settings) }, room };
}

/** Whether nothing that is kept differs. */
export function isSameDraft(one: Draft, other: Draft): boolean {
  return same(partsOf(one), partsOf(other));
}

/** What never changes without being another object. */
function partsOf({ choices, file, room }: Draft): readonly unknown[] {
  const { pass, placedFor } = room ?? {};
  return [
    ...Object.values(choices),
    file?.options,
    ...(file?.settings ?? []),
    pass?.secret,
    pass?.met?.binding,
    placedFor,
  ];
}

const same = (one: readonly unknown[], other: readonly unknown[]) =>
  one.length === other.length && one.every((part, i) => part === other[i]);

export async function putDraft(kept: KeptRun, draft: Draft, role: Role, version: string): Promise<void> {
  const placed = draft.choices.fieldColumns.map((column) => (column === undefined ? UNSAID : column));
  await kept.put(RECORD, { body: { ...draft, placed, role, version } satisfies DraftRecord, blobs: [] });
}

/** Undefined where there is none, or it is another version's or the other side's. */
export async function keptDraft(kept: KeptRun, role: Role, version: string): Promise<Draft | undefined> {
  if (!(await kept.names()).includes(RECORD)) return undefined;
  const { placed, ...draft } = (await kept.get(RECORD)).body as DraftRecord;
  if (draft.role !== role || draft.version !== version) return undefined;
  const fieldColumns = placed.map((column) => (column === UNSAID ? undefined : column));
  return { ...draft, choices: { ...draft.choices, fieldColumns } };
}
