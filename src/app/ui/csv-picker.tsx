import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { FoundEncoding } from '../../table/encoding.ts';
import { type CsvEncoding, ENCODING_NAMES, ENCODINGS } from '../../table/encodings.ts';
import { readText, searchTextEncoding } from '../../table/read-text.ts';
import { t } from '../../words/translate.ts';
import { CSV_FILES, FilePicker } from './file-picker.tsx';
import { Notice } from './notice.tsx';

interface CsvPickerProps {
  readonly label: string;
  readonly description?: string;
  /** A file was chosen; what was read before is no longer meant. */
  onChoose(): void;
  /** Its encoding is certain or said. */
  onFile(name: string, textOf: () => Promise<string>): void;
}

interface Chosen extends FoundEncoding {
  readonly file: File;
}

/** Chooses a CSV file. Nothing is read of one whose encoding is in doubt before somebody has said which it is. */
export function CsvPicker({ label, description, onChoose, onFile }: CsvPickerProps) {
  const [chosen, setChosen] = useState<Chosen>();
  const [failure, setFailure] = useState<string>();
  const take = (file: File, encoding: CsvEncoding) => {
    setChosen({ file, encoding, doubts: [] });
    onFile(file.name, () => readText(file, file.name, encoding));
  };
  const choose = async (file: File) => {
    onChoose();
    setChosen(undefined);
    setFailure(undefined);
    try {
      const found = await searchTextEncoding(file, file.name);
      if (found.doubts.length === 0) take(file, found.encoding);
      else setChosen({ file, ...found });
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <FilePicker
        label={label}
        {...(description === undefined ? {} : { description })}
        accept={CSV_FILES}
        onFile={(file) => void choose(file)}
      />
      {failure !== undefined && (
        <Notice kind="error" title={t('The file could not be read')}>
          {failure}
        </Notice>
      )}
      {chosen && <EncodingDoubts chosen={chosen} onEncoding={(encoding) => take(chosen.file, encoding)} />}
      {chosen !== undefined && chosen.encoding !== 'utf-8' && (
        <NativeSelect
          label={t('Encoding')}
          aria-label={t('Encoding: {{label}}', { label })}
          value={chosen.encoding}
          data={ENCODINGS.map((value) => ({ value, label: t(ENCODING_NAMES[value]) }))}
          onChange={({ currentTarget: { value } }) => {
            const encoding = ENCODINGS.find((known) => known === value);
            if (encoding) take(chosen.file, encoding);
          }}
        />
      )}
    </>
  );
}

interface EncodingDoubtsProps {
  readonly chosen: Chosen;
  onEncoding(encoding: CsvEncoding): void;
}

function EncodingDoubts({ chosen: { file, doubts }, onEncoding }: EncodingDoubtsProps) {
  return doubts.map(({ kind, message, choices }) => (
    <Notice key={kind} kind="warning" title={t('Encoding of {{file}}', { file: file.name })}>
      <Stack gap="xs" role="alert">
        <Text>{message}</Text>
        <Group gap="xs">
          {choices.map(({ label, settings: { encoding } }) => (
            <Button key={label} variant="default" onClick={() => encoding && onEncoding(encoding)}>
              {label}
            </Button>
          ))}
        </Group>
      </Stack>
    </Notice>
  ));
}
