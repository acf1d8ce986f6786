import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { memo, useState } from 'react';
import { type ColumnSettings, DATE_ORDERS } from '../../table/column-settings.ts';
import { ORDER_WORDS } from '../../table/date-column.ts';
import type { ColumnSummary, ColumnUse } from '../../table/table.ts';
import { inQuotes, numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { averagedColumns, bindingsOf, columnsOf, NO_COLUMN } from '../party/bindings.ts';
import { groupedColumns, readingOfGroups } from '../party/group-ranges.ts';
import { LateDetails } from '../ui/late-details.tsx';
import { Notice } from '../ui/notice.tsx';
import { useLanguage } from '../ui/use-language.ts';
import type { StepProps } from './step-props.ts';

interface ReadingProps {
  readonly column: ColumnSummary;
  readonly use: ColumnUse;
  /** Of a date: the order in the data owner's file, where their terms name it. */
  readonly theirOrder?: (typeof DATE_ORDERS)[number] | undefined;
  onDecide(change: ColumnSettings): void;
}

/** How the values of the columns in use are read: what is open waits for an answer, what is certain can be changed. */
export function ColumnReadings({ party, state }: StepProps) {
  const columns = columnsOf(state);
  const used: { column: number; use: ColumnUse; theirOrder?: ReadingProps['theirOrder'] }[] = [
    ...bindingsOf(state).map(({ column, type, dateOrder }) => ({ column, use: type, theirOrder: dateOrder })),
    ...averagedColumns(state).map(({ column }) => ({ column, use: 'average' as const })),
    ...groupedColumns(state).map(({ column, edges }) => ({ column, use: readingOfGroups(edges) })),
  ];
  // A column that is averaged or matched and grouped by ranges besides is read in one way.
  const once = used.filter(
    ({ column, use }, i) => used.findIndex((other) => other.column === column && other.use === use) === i,
  );
  return once.flatMap(({ column, use, theirOrder }) => {
    const summary = columns[column];
    if (column === NO_COLUMN || summary === undefined) return [];
    const order = state.role === 'researcher' ? theirOrder : undefined;
    return [
      <Reading key={`${use} ${column}`} party={party} place={column} column={summary} use={use} theirOrder={order} />,
    ];
  });
}

/** Drawn anew only where something of its column has changed: a file may have dozens. */
const Reading = memo(function Reading({
  party,
  place,
  ...props
}: Omit<ReadingProps, 'onDecide'> & { readonly party: StepProps['party']; readonly place: number }) {
  useLanguage();
  const onDecide = (change: ColumnSettings) => void party.decideColumn(place, change);
  return (
    <Stack gap="xs">
      <Doubts {...props} onDecide={onDecide} />
      <Taken column={props.column} />
      <Controls {...props} onDecide={onDecide} />
    </Stack>
  );
});

function Doubts({ column, use, theirOrder, onDecide }: ReadingProps) {
  const open = column.doubts.filter(({ stops }) => stops.includes(use));
  return open.map(({ kind, message, choices }) => (
    <Notice key={kind} kind="warning" title={t('Values of {{name}}', { name: column.name })}>
      <Text>
        {message}
        {kind === 'date-order' &&
          theirOrder !== undefined &&
          ` ${t('The data owner’s dates are {{order}}.', { order: t(ORDER_WORDS[theirOrder]) })}`}
      </Text>
      <Group gap="xs" mt="xs">
        {choices.map(({ label, settings }) => (
          <Button key={label} variant="default" onClick={() => onDecide(settings)}>
            {label}
          </Button>
        ))}
      </Group>
    </Notice>
  ));
}

/** What counts as no value without being blank. */
function Taken({ column: { name, missing } }: { readonly column: ColumnSummary }) {
  const taken = missing.filter((candidate) => candidate.taken);
  if (taken.length === 0) return null;
  const list = taken.map(({ value, rows }) => `${inQuotes(value)} (${numberWords(rows)})`).join(', ');
  return <Text className="figures">{t('Read as no value in {{name}}: {{list}}.', { name, list })}</Text>;
}

/** Values of a list in one line; none of them has a bar. */
const JOINT = ' | ';

function Controls({ column, use, onDecide }: ReadingProps) {
  const { name, reading, settings, missing } = column;
  const taken = missing.filter((candidate) => candidate.taken).map(({ value }) => value);
  return (
    <LateDetails summary={t('How {{name}} is read', { name })}>
      <Group align="end" gap="lg" mt="xs">
        <MissingValues key={taken.join(JOINT)} name={name} values={settings.missing ?? taken} onDecide={onDecide} />
        {use === 'average' && (
          <NativeSelect
            label={t('Decimal mark of {{name}}', { name })}
            value={reading.decimalMark}
            data={[
              { value: '.', label: t('Point: 1,234.5') },
              { value: ',', label: t('Comma: 1.234,5') },
            ]}
            onChange={({ currentTarget: { value } }) => onDecide({ decimalMark: value === ',' ? ',' : '.' })}
          />
        )}
        {use === 'date' && <DateControls column={column} onDecide={onDecide} />}
        {use === 'code' && <CodeLength column={column} onDecide={onDecide} />}
      </Group>
    </LateDetails>
  );
}

type ControlProps = Pick<ReadingProps, 'column' | 'onDecide'>;

function DateControls({ column: { name, reading }, onDecide }: ControlProps) {
  return (
    <>
      <NativeSelect
        label={t('Order of dates of {{name}}', { name })}
        value={reading.dateOrder}
        data={DATE_ORDERS.map((value) => ({ value, label: t(ORDER_WORDS[value]) }))}
        onChange={({ currentTarget: { value } }) => {
          const dateOrder = DATE_ORDERS.find((order) => order === value);
          if (dateOrder) onDecide({ dateOrder });
        }}
      />
      <TextInput
        key={reading.lastYear}
        label={t('Latest year of {{name}}', { name })}
        description={t('Of years with two digits')}
        type="number"
        defaultValue={reading.lastYear}
        onBlur={({ currentTarget: { value } }) => {
          const lastYear = Number(value);
          if (Number.isInteger(lastYear) && lastYear !== reading.lastYear) onDecide({ lastYear });
        }}
      />
      <NativeSelect
        label={t('Day numbers of {{name}}', { name })}
        value={reading.serialDates}
        data={[
          { value: 'no', label: t('None') },
          { value: '1900', label: t('As Excel counts') },
          { value: '1904', label: t('As old Excel for Mac counts') },
        ]}
        onChange={({ currentTarget: { value } }) =>
          onDecide({ serialDates: value === '1900' || value === '1904' ? value : 'no' })
        }
      />
    </>
  );
}

function CodeLength({ column: { name, settings, digits }, onDecide }: ControlProps) {
  const before = settings.codeLength ?? digits ?? 0;
  return (
    <TextInput
      label={t('Digits of {{name}}', { name })}
      description={t('0: codes stay as written')}
      type="number"
      min={0}
      defaultValue={before}
      onBlur={({ currentTarget: { value } }) => {
        const codeLength = Number(value);
        if (Number.isInteger(codeLength) && codeLength >= 0 && codeLength !== before) onDecide({ codeLength });
      }}
    />
  );
}

interface MissingProps extends Pick<ReadingProps, 'onDecide'> {
  readonly name: string;
  readonly values: readonly string[];
}

function MissingValues({ name, values, onDecide }: MissingProps) {
  const [text, setText] = useState(values.join(JOINT));
  return (
    <TextInput
      label={t('Missing values of {{name}}', { name })}
      description={t('Read as no value; a bar between them')}
      value={text}
      onChange={({ currentTarget: { value } }) => setText(value)}
      onBlur={() => {
        const missing = text.split('|').flatMap((value) => value.trim() || []);
        if (missing.join(JOINT) !== values.join(JOINT)) onDecide({ missing });
      }}
    />
  );
}
