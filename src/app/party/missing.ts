/** What a step still needs before the person can go on, in sentences that say what to do. */

import { MAX_FIELDS } from '../../agreement/match-field.ts';
import { askedNames } from '../../agreement/statistics.ts';
import { MAX_GROUP_COLUMNS } from '../../agreement/tables.ts';
import { t } from '../../words/translate.ts';
import { averagedColumns, bindingsOf, columnsOf, NO_COLUMN } from './bindings.ts';
import { groupedColumns, groupLabels, rangeProblems, readingOfGroups } from './group-ranges.ts';
import { quoted } from './plain-words.ts';
import type { PartyState, StepIndex } from './state.ts';
import { studyMissing } from './study-words.ts';
import { tableProblems } from './tables.ts';

function missingData(state: PartyState): string[] {
  if (state.file.kind === 'reading') return [t('Wait until the file has been read.')];
  if (state.file.kind !== 'ready') return [t('Choose the CSV file with your rows first.')];
  const { rows, doubts } = state.file.summary;
  if (rows === 0) return [t('The file has no rows. Choose another file.')];
  return doubts.map(({ message }) => t('Say how the file is to be read: {{message}}', { message }));
}

/** Doubts about values that wait for a person, for the uses that columns have. */
function undecided(state: PartyState): string[] {
  const columns = columnsOf(state);
  const used = [
    ...bindingsOf(state),
    ...averagedColumns(state).map(({ column }) => ({ column, type: 'average' as const })),
    ...groupedColumns(state).map(({ column, edges }) => ({ column, type: readingOfGroups(edges) })),
  ];
  const sentences = used.flatMap(({ column, type }) => {
    const summary = columns[column];
    const stopping = summary?.doubts.filter(({ stops }) => stops.includes(type)) ?? [];
    return stopping.map(({ message }) =>
      t('Say how the values of “{{name}}” are to be read: {{message}}', { name: summary?.name ?? '', message }),
    );
  });
  // A column may be read for two uses.
  return [...new Set(sentences)];
}

function missingGroups(state: PartyState): string[] {
  const columns = groupedColumns(state);
  const wrongRanges = rangeProblems(state);
  if (wrongRanges.length > 0) return wrongRanges;
  if (state.role === 'researcher' && columns.length > MAX_GROUP_COLUMNS) {
    return [
      t(
        'At most {{most}} columns can be grouped by; {{columns}} are chosen. Set one of them to Ignore, or take its ranges away.',
        { most: MAX_GROUP_COLUMNS, columns: columns.length },
      ),
    ];
  }
  const problems: string[] = [];
  const ready = columns.flatMap(({ name, column }) => {
    const group = state.groups[column];
    const labels = groupLabels(state, column);
    if (labels !== undefined) return [{ name, labels }];
    if (group?.kind === 'failed')
      problems.push(t('Column “{{name}}” cannot be grouped by: {{message}}', { name, message: group.message }));
    else problems.push(t('Wait until the labels of “{{name}}” have been counted.', { name }));
    return [];
  });
  return problems.length > 0 ? problems : tableProblems(state, ready);
}

function missingPayloads(state: PartyState): string[] {
  return averagedColumns(state).flatMap(({ name, column }) => {
    const payload = state.payloads[column];
    if (payload === undefined) return [t('Declare the range of “{{name}}”.', { name })];
    const { minimum, maximum, decimals, missing } = payload;
    if (Number.isNaN(minimum) && columnsOf(state)[column]?.range === undefined) {
      return [t('“{{name}}” has no number that could be averaged. Choose another use for it.', { name })];
    }
    if (!Number.isFinite(minimum) || !Number.isFinite(maximum) || minimum >= maximum) {
      return [t('The minimum of “{{name}}” must be below its maximum.', { name })];
    }
    if (!Number.isInteger(decimals) || decimals < 0 || decimals > 6)
      return [t('Decimals of “{{name}}” must be 0 to 6.', { name })];
    return missing === undefined ? [t('Wait until the values of “{{name}}” have been checked.', { name })] : [];
  });
}

function missingColumns(state: PartyState): string[] {
  if (state.cleaning.busy) return [t('Wait until the values have been cleaned.')];
  const bindings = bindingsOf(state).filter((b) => b.column !== NO_COLUMN);
  const fields =
    bindings.length === 0 ? [t('Choose at least one column to match by, for example a name or a date of birth.')] : [];
  if (state.role === 'researcher')
    return [...fields, ...missingFieldColumns(state), ...missingGroups(state), ...undecided(state)];
  const tooManyFields =
    bindings.length > MAX_FIELDS
      ? [
          t('At most {{most}} columns can be matched by; {{bindings}} are chosen. Set some of them to Ignore.', {
            most: MAX_FIELDS,
            bindings: bindings.length,
          }),
        ]
      : [];
  const averages = averagedColumns(state);
  const tooManyAverages =
    averages.length > 16 ? [t('At most 16 columns can be averaged. Set some of them to Ignore.')] : [];
  return [
    ...fields,
    ...tooManyFields,
    ...missingGroups(state),
    ...tooManyAverages,
    ...missingPayloads(state),
    ...undecided(state),
  ];
}

/** Owner's fields that the researcher has not placed yet. */
function missingFieldColumns(state: PartyState): string[] {
  const undecided = (state.negotiation?.terms?.fields ?? []).filter((_, i) => state.fieldColumns[i] === undefined);
  if (undecided.length === 0) return [];
  const names = undecided.map((f) => quoted(f.name)).join(', ');
  return [t('Choose the column of your list for {{names}}, or “Not in my list”.', { names })];
}

function missingRules(state: PartyState): string[] {
  const said = studyMissing(state.study);
  if (state.role === 'researcher') return said;
  const { minimumGroupSize, bands, agreeingBands, statistics, protection, epsilon } = state.rules;
  const found = [...said];
  const within = (value: number, low: number, high: number) => Number.isInteger(value) && value >= low && value <= high;
  if (!within(minimumGroupSize, 2, 32)) found.push(t('The minimum group size must be a whole number from 2 to 32.'));
  if (!within(bands, 2, 256)) found.push(t('Bands must be a whole number from 2 to 256.'));
  else if (!within(agreeingBands, 2, bands)) {
    found.push(
      t('Agreeing bands must be a whole number from 2 to {{bands}}: in one band alone, noise looks like a match.', {
        bands,
      }),
    );
  }
  if (protection === 'noise' && !(epsilon >= 0.01 && epsilon <= 20)) {
    found.push(t('Epsilon must be a number from 0.01 to 20.'));
  }
  if (askedNames(statistics).length === 0) found.push(t('Choose at least one statistic.'));
  else if (!statistics.count && averagedColumns(state).length === 0) {
    found.push(t('Without an Average column only Count can be released: choose Count, or average a column.'));
  }
  return [...found, ...(found.length === 0 ? missingGroups(state) : [])];
}

/** The owner's ledger, without which no run starts. */
function missingLedger({ role, ledger }: PartyState): string[] {
  if (role === 'researcher') return [];
  if (ledger?.kind === 'failed')
    return [t('The ledger cannot be kept, so no run starts. {{message}}', { message: ledger.message })];
  if (ledger?.kind === 'broken') return [t('The ledger was changed from outside: start a new one, below.')];
  return [];
}

/** What the given step lacks; empty when it is complete. */
export function missingOn(step: StepIndex, state: PartyState): string[] {
  if (step === 0) return missingData(state);
  if (step === 1) return missingColumns(state);
  if (step === 2) return [...missingRules(state), ...missingLedger(state)];
  return step === 3 ? [t('The run starts here by itself once both of you have agreed.')] : [];
}

/** The first step that lacks something on the way to `target`, with what it lacks. */
export function firstMissing(target: StepIndex, state: PartyState): { step: StepIndex; missing: string[] } | undefined {
  for (const step of [0, 1, 2, 3] as const) {
    if (step >= target) return undefined;
    const missing = missingOn(step, state);
    if (missing.length > 0) return { step, missing };
  }
  return undefined;
}
