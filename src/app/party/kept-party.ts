/** What a party keeps of itself beside the run, so that a reloaded page shows and does the same. */
import type { Agreement } from '../../agreement/agreement.ts';
import type { Measures } from '../../agreement/result.ts';
import type { Role, RoomPass } from '../../net/room-api.ts';
import { spentBefore } from '../../protocol/run-memory.ts';
import { OF_PAGE } from '../../storage/fallback-store.ts';
import type { KeptRun } from '../../storage/kept-run.ts';
import type { ColumnSettings } from '../../table/column-settings.ts';
import type { CsvOptions } from '../../table/table.ts';
import type { PartyState, Traffic } from './state.ts';

/** The person's choices that the run depends on, and what both agreed on. */
export type Choices = Pick<
  PartyState,
  | 'cleaning'
  | 'uses'
  | 'payloads'
  | 'groups'
  | 'ranges'
  | 'rules'
  | 'showMatchesFirst'
  | 'fieldColumns'
  | 'negotiation'
  | 'strataMinimum'
>;

export interface KeptParty {
  readonly pass: RoomPass;
  readonly agreement: Agreement;
  readonly choices: Choices;
  readonly file: File;
  readonly options: CsvOptions;
  /** What was decided about the columns, by column. */
  readonly settings: readonly ColumnSettings[];
  /** Owner: the release may have reached the researcher. */
  readonly released: boolean;
  /** Until the reload. */
  readonly traffic: Traffic;
}

interface PartyRecord extends Omit<KeptParty, 'file' | 'traffic' | 'released'> {
  readonly role: Role;
  readonly version: string;
}

const RECORD = `${OF_PAGE}party`;

/** The file is kept already. */
export async function keepParty(
  kept: KeptRun,
  state: PartyState,
  party: Omit<KeptParty, 'choices' | 'file' | 'traffic' | 'released'>,
  version: string,
): Promise<void> {
  const { cleaning, uses, payloads, groups, ranges, rules, showMatchesFirst, fieldColumns } = state;
  const { role, negotiation, strataMinimum } = state;
  const columns = { cleaning, uses, payloads, groups, ranges, fieldColumns };
  const choices: Choices = { ...columns, rules, showMatchesFirst, negotiation, strataMinimum };
  const record: PartyRecord = { ...party, choices, role, version };
  await kept.put(RECORD, { body: record, blobs: [] });
}

/** Whether a run had begun when the page was reloaded. */
export async function isKeptParty(kept: KeptRun): Promise<boolean> {
  return (await kept.names()).includes(RECORD);
}

/** Undefined where the page is another version or the other side's by now. */
export async function keptParty(kept: KeptRun, role: Role, version: string): Promise<KeptParty | undefined> {
  const names = await kept.names();
  const record = (await kept.get(RECORD)).body as PartyRecord;
  if (record.role !== role || record.version !== version) return undefined;
  const released = names.includes('tally-inverses');
  return { ...record, file: await kept.getFile(), released, traffic: sumTraffic(await spentBefore(kept)) };
}

function sumTraffic(spent: Measures | undefined): Traffic {
  const stages = spent ? [spent.linkage, spent.table] : [];
  const sum = (of: keyof Traffic) => stages.reduce((total, stage) => total + stage[of], 0);
  return { bytesSent: sum('bytesSent'), bytesReceived: sum('bytesReceived') };
}
