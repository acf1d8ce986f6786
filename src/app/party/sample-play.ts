/** The sample: plays both parties through every step, over a real connection, slowly enough to watch. */
import { generateTrial } from '../../sample/trial.ts';
import type { ColumnUse } from '../../table/table.ts';
import { t } from '../../words/translate.ts';
import { columnsOf } from './bindings.ts';
import { groupedColumns } from './group-ranges.ts';
import type { Party } from './party.ts';
import { CONNECT_STEP, type PartyState } from './state.ts';

/** Small enough for a result within a minute, large enough for all groups but one to pass. */
export const SAMPLE = { listRows: 400, dataRows: 1200, overlap: 300, seed: 23 } as const;

/** What columns are used for; those not named here keep the guess. */
const DATA_USES: Readonly<Record<string, ColumnUse>> = {
  record_id: 'ignore',
  outcome: 'group',
  age: 'group',
  days_in_hospital: 'average',
};
const LIST_USES: Readonly<Record<string, ColumnUse>> = { person_id: 'ignore', arm: 'group' };
/** Edges of the ranges of age. */
const AGES = '40, 65';

const DATA_STUDY = { organisation: 'A register of accidents (made up)' };
const LIST_STUDY = {
  title: 'Training against falls',
  purpose: 'To see whether people who were trained fall less often than those with usual care',
  organisation: 'A university (made up)',
};

export interface SamplePlay {
  readonly researcher: Party;
  readonly owner: Party;
  /** Milliseconds that each step is left to be seen. */
  readonly pause: number;
  readonly signal: AbortSignal;
  /** Told, in a sentence, what happens now. */
  say(sentence: string): void;
}

function csvFile(name: string, text: string): File {
  return new File([text], name, { type: 'text/csv' });
}

/** Waits until the party's state satisfies `condition`; rejects when `signal` aborts. */
function until(party: Party, condition: (state: PartyState) => boolean, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (!condition(party.getSnapshot())) return;
      stop();
      resolve();
    };
    const giveUp = () => {
      stop();
      reject(signal.reason);
    };
    const unsubscribe = party.subscribe(look);
    const stop = () => {
      unsubscribe();
      signal.removeEventListener('abort', giveUp);
    };
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    else look();
  });
}

function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

function setUses(party: Party, uses: Readonly<Record<string, ColumnUse>>): void {
  columnsOf(party.getSnapshot()).forEach(({ name }, column) => {
    const use = uses[name];
    if (use !== undefined) party.setUse(column, use);
  });
}

function setAges(owner: Party): void {
  const column = columnsOf(owner.getSnapshot()).findIndex(({ name }) => name === 'age');
  owner.setRanges(column, AGES);
}

function checked(state: PartyState): boolean {
  const counted = groupedColumns(state).every(({ column }) => state.groups[column]?.kind === 'ready');
  return counted && Object.values(state.payloads).every((p) => p.missing !== undefined);
}

/** Plays until the run has begun; the run then goes on by itself. Rejects with the signal's reason when aborted. */
export async function playSample({ researcher, owner, pause, signal, say }: SamplePlay): Promise<void> {
  const both = [researcher, owner];
  const { listCsv, dataCsv } = generateTrial(SAMPLE);
  say(
    t(
      'A made-up trial: the researcher’s list has {{listRows}} people in two arms, the data owner’s file has {{dataRows}} rows and says who fell.',
      { listRows: SAMPLE.listRows, dataRows: SAMPLE.dataRows },
    ),
  );
  await Promise.all([researcher.loadFile(csvFile('list.csv', listCsv)), owner.loadFile(csvFile('data.csv', dataCsv))]);
  await rest(pause, signal);
  setUses(researcher, LIST_USES);
  setUses(owner, DATA_USES);
  setAges(owner);
  researcher.setStudy(LIST_STUDY);
  owner.setStudy(DATA_STUDY);
  // With deviations the analyses have intervals.
  owner.setRules({ statistics: { ...owner.getSnapshot().rules.statistics, sd: true } });
  for (const party of both) party.goTo(1);
  say(
    t(
      'Both say what their columns are for: the researcher groups by arm, the data owner by outcome and ranges of age.',
    ),
  );
  await Promise.all(both.map((party) => until(party, checked, signal)));
  await rest(pause, signal);
  for (const party of both) party.goTo(2);
  say(t('The data owner sets the rules: figures over fewer than 10 people stay sealed.'));
  await rest(pause, signal);
  for (const party of both) party.goTo(CONNECT_STEP);
  say(t('The data owner makes a room; the researcher opens its link.'));
  void owner.createRoom();
  await until(owner, (state) => state.room !== undefined, signal);
  const link = owner.getSnapshot().room?.link ?? '';
  await rest(pause, signal);
  void researcher.openRoom(new URL(link).hash);
  await Promise.all(both.map((party) => until(party, (s) => s.negotiation?.agreement !== undefined, signal)));
  say(t('Connected: both see the same words and the same agreement. Both agree.'));
  await rest(2 * pause, signal);
  for (const party of both) await party.accept();
  await until(researcher, (state) => state.run.kind === 'running', signal);
  say(t('The browsers exchange ciphertexts. Neither sees a record of the other.'));
  await until(researcher, (state) => state.run.kind !== 'running', signal);
  if (researcher.getSnapshot().run.kind === 'result')
    say(
      t(
        'Done: the researcher has one table of both arms, with one small group sealed and another withheld. The data owner has learned no number.',
      ),
    );
}
