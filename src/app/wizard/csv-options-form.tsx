import { Button, Group, NativeSelect, NumberInput, Stack, Switch, Text } from '@mantine/core';
import { ENCODING_NAMES, ENCODINGS } from '../../table/encodings.ts';
import type { CsvOptions, TableSummary } from '../../table/table.ts';
import { message, t } from '../../words/translate.ts';
import { Notice } from '../ui/notice.tsx';

const DELIMITERS = [
  { value: ',', label: message('Comma ,') },
  { value: ';', label: message('Semicolon ;') },
  { value: '\t', label: message('Tab') },
  { value: '|', label: message('Bar |') },
] as const;

interface CsvOptionsFormProps {
  readonly summary: Pick<TableSummary, 'options' | 'doubts' | 'sheets'>;
  onChange(change: Partial<CsvOptions>): void;
}

/** What was detected about the file, to be corrected where it is wrong; the file is then read again. */
export function CsvOptionsForm({ summary, onChange }: CsvOptionsFormProps) {
  const { options, sheets } = summary;
  return (
    <Stack gap="md">
      <FileDoubts doubts={summary.doubts} onChange={onChange} />
      <Group align="end" gap="lg">
        {sheets === undefined ? (
          <TextOptions options={options} onChange={onChange} />
        ) : (
          <NativeSelect
            label={t('Sheet')}
            value={options.sheet ?? ''}
            data={[...sheets]}
            onChange={({ currentTarget: { value } }) => onChange({ sheet: value })}
          />
        )}
        <NumberInput
          label={t('Lines above the table')}
          value={options.skip}
          min={0}
          max={1000}
          allowDecimal={false}
          w="10rem"
          onChange={(value) => typeof value === 'number' && value !== options.skip && onChange({ skip: value })}
        />
        <HiddenRows options={options} onChange={onChange} />
        <ExtraRows options={options} onChange={onChange} />
        {options.rowNames !== undefined && (
          <Switch
            label={t('First field has no name')}
            checked={options.rowNames}
            onChange={({ currentTarget: { checked } }) => onChange({ rowNames: checked })}
            mb={8}
          />
        )}
        <Switch
          label={t('First row is a header')}
          checked={options.header}
          onChange={({ currentTarget: { checked } }) => onChange({ header: checked })}
          mb={8}
        />
      </Group>
    </Stack>
  );
}

type Part = Pick<CsvOptionsFormProps, 'onChange'>;

function HiddenRows({ options, onChange }: Part & { readonly options: CsvOptions }) {
  if (options.hiddenRows === undefined) return null;
  return (
    <Switch
      label={t('Read hidden rows')}
      checked={options.hiddenRows === 'read'}
      onChange={({ currentTarget: { checked } }) => onChange({ hiddenRows: checked ? 'read' : 'skip' })}
      mb={8}
    />
  );
}

function ExtraRows({ options, onChange }: Part & { readonly options: CsvOptions }) {
  if (options.extraRows === undefined) return null;
  return (
    <Switch
      label={t('Read sums and notes as people')}
      checked={options.extraRows === 'read'}
      onChange={({ currentTarget: { checked } }) => onChange({ extraRows: checked ? 'read' : 'skip' })}
      mb={8}
    />
  );
}

function TextOptions({ options, onChange }: Part & { readonly options: CsvOptions }) {
  return (
    <>
      <NativeSelect
        label={t('Delimiter')}
        value={options.delimiter}
        data={DELIMITERS.map(({ value, label }) => ({ value, label: t(label) }))}
        onChange={({ currentTarget: { value } }) => {
          const chosen = DELIMITERS.find((d) => d.value === value);
          if (chosen) onChange({ delimiter: chosen.value });
        }}
      />
      <NativeSelect
        label={t('Encoding')}
        value={options.encoding}
        data={ENCODINGS.map((value) => ({ value, label: t(ENCODING_NAMES[value]) }))}
        onChange={({ currentTarget: { value } }) => {
          const encoding = ENCODINGS.find((e) => e === value);
          if (encoding) onChange({ encoding });
        }}
      />
    </>
  );
}

const DOUBT_TITLES = {
  encoding: message('Which encoding?'),
  header: message('Header or first person?'),
  width: message('More fields than names?'),
  'hidden-rows': message('With the hidden rows?'),
  'lost-values': message('Values that the workbook has lost'),
  'extra-rows': message('People, or sums and notes?'),
} as const;

/** What the file leaves open, with the possible answers as buttons. */
function FileDoubts({ doubts, onChange }: Part & Pick<TableSummary, 'doubts'>) {
  return doubts.map(({ kind, message, choices }) => (
    <Notice key={kind} kind="warning" title={t(DOUBT_TITLES[kind])}>
      <Text>{message}</Text>
      <Group gap="xs" mt="xs">
        {choices.map(({ label, settings }) => (
          <Button key={label} variant="default" onClick={() => onChange(settings)}>
            {label}
          </Button>
        ))}
      </Group>
    </Notice>
  ));
}
