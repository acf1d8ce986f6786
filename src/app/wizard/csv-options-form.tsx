import { Group, NativeSelect, Switch } from '@mantine/core';
import { type CsvOptions, ENCODINGS } from '../../table/table.ts';

const DELIMITERS: readonly { value: CsvOptions['delimiter']; label: string }[] = [
  { value: ',', label: 'Comma ,' },
  { value: ';', label: 'Semicolon ;' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Bar |' },
];

const ENCODING_LABELS: Readonly<Record<CsvOptions['encoding'], string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little-endian)',
  'utf-16be': 'UTF-16 (big-endian)',
  'windows-1252': 'Latin-1 (Windows-1252)',
};

interface CsvOptionsFormProps {
  readonly options: CsvOptions;
  onChange(options: CsvOptions): void;
}

/** What was detected about the file, to be corrected where it is wrong; the file is then read again. */
export function CsvOptionsForm({ options, onChange }: CsvOptionsFormProps) {
  return (
    <Group align="end" gap="lg">
      <NativeSelect
        label="Delimiter"
        value={options.delimiter}
        data={[...DELIMITERS]}
        onChange={({ currentTarget: { value } }) => {
          const chosen = DELIMITERS.find((d) => d.value === value);
          if (chosen) onChange({ ...options, delimiter: chosen.value });
        }}
      />
      <NativeSelect
        label="Encoding"
        value={options.encoding}
        data={ENCODINGS.map((value) => ({ value, label: ENCODING_LABELS[value] }))}
        onChange={({ currentTarget: { value } }) => {
          const encoding = ENCODINGS.find((e) => e === value);
          if (encoding) onChange({ ...options, encoding });
        }}
      />
      <Switch
        label="First row is a header"
        checked={options.header}
        onChange={({ currentTarget: { checked } }) => onChange({ ...options, header: checked })}
        mb={8}
      />
    </Group>
  );
}
