import { Button, Group, Text } from '@mantine/core';
import type { Cleaning } from '../../table/cleaning.ts';
import type { DateParts } from '../../table/table.ts';
import { t } from '../../words/translate.ts';
import { columnsOf } from '../party/bindings.ts';
import { newColumnName } from '../party/new-column-name.ts';
import type { Party } from '../party/party.ts';
import type { PartyState } from '../party/state.ts';
import { Notice } from '../ui/notice.tsx';
import type { StepProps } from './step-props.ts';

/** Columns that are the parts of one date, and dates that one side has whole and the other as years. */
export function DatePartsChoice({ party, state }: StepProps) {
  return (
    <>
      <PartsOfOneDate party={party} state={state} />
      {(state.negotiation?.terms?.fields ?? []).map((_, field) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fields keep their places
        <YearsAndDates key={field} field={field} party={party} state={state} />
      ))}
    </>
  );
}

const isJoined = (steps: Cleaning, { year, month, day }: DateParts) =>
  steps.some((step) => step.kind === 'date' && step.year === year && step.month === month && step.day === day);

function PartsOfOneDate({ party, state }: StepProps) {
  const parts = state.file.kind === 'ready' ? state.file.summary.dateParts : undefined;
  if (parts === undefined || isJoined(state.cleaning.steps, parts)) return null;
  const { year, month, day } = parts;
  return (
    <Notice kind="info" title={t('Three columns of one date')}>
      <Text>
        {t(
          '{{year}}, {{month}} and {{day}} look like year, month and day of one date. As one date they match dates that the other side has in one column.',
          { year, month, day },
        )}
      </Text>
      <Button
        mt="xs"
        variant="default"
        disabled={state.cleaning.busy}
        onClick={() => void joinDate(party, state, parts)}
      >
        {t('Match {{year}}, {{month}} and {{day}} as one date', { year, month, day })}
      </Button>
    </Notice>
  );
}

/** Adds the date, and places the data owner's first date there that has no column yet. */
async function joinDate(party: Party, { cleaning }: PartyState, parts: DateParts): Promise<void> {
  const column = newColumnName('date of birth', columnsOf(party.getSnapshot()));
  await party.setCleaning([...cleaning.steps, { kind: 'date', column, ...parts }]);
  const { negotiation, fieldColumns } = party.getSnapshot();
  const fields = negotiation?.terms?.fields ?? [];
  const field = fields.findIndex(({ type }, i) => type === 'date' && typeof fieldColumns[i] !== 'number');
  if (field >= 0) place(party, field, column);
}

function place(party: Party, field: number, name: string): void {
  const column = columnsOf(party.getSnapshot()).findIndex((one) => one.name === name);
  if (column >= 0) party.setFieldColumn(field, column);
}

/** Researcher: a field of years beside a column of dates, or the other way round, would match nobody. */
function YearsAndDates({ party, state, field }: StepProps & { readonly field: number }) {
  const asked = state.negotiation?.terms?.fields[field];
  const place = state.fieldColumns[field];
  const column = typeof place === 'number' ? columnsOf(state)[place] : undefined;
  if (state.role !== 'researcher' || asked === undefined || column === undefined) return null;
  if (asked.type === 'date' && column.years) {
    return (
      <Notice kind="warning" title={t('Years for {{field}}', { field: asked.name })}>
        {t(
          'The data owner’s {{field}} are whole dates, your {{column}} are years: hardly anybody agrees in them. Choose another column, or “Not in my list”, or ask the data owner to match by the year.',
          { field: asked.name, column: column.name },
        )}
      </Notice>
    );
  }
  if (asked.type !== 'code' || asked.digits !== 4 || !column.dates) return null;
  return (
    <Notice kind="warning" title={t('Dates for {{field}}', { field: asked.name })}>
      <Text>
        {t(
          'The data owner’s {{field}} have four digits, as years have, and your {{column}} are whole dates: nobody agrees in them.',
          { field: asked.name, column: column.name },
        )}
      </Text>
      <Group mt="xs">
        <Button
          variant="default"
          disabled={state.cleaning.busy}
          onClick={() => void matchByYear(party, state, field, column.name)}
        >
          {t('Match by the years of {{column}}', { column: column.name })}
        </Button>
      </Group>
    </Notice>
  );
}

async function matchByYear(party: Party, { cleaning }: PartyState, field: number, of: string): Promise<void> {
  const column = newColumnName(`year of ${of}`, columnsOf(party.getSnapshot()));
  await party.setCleaning([...cleaning.steps, { kind: 'year', column, of }]);
  place(party, field, column);
}
