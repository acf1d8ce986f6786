import { Group, Paper, Stack, Text } from '@mantine/core';
import { useId, useState } from 'react';
import { useDropzone } from 'react-dropzone';
import { inQuotes } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { Notice } from '../ui/notice.tsx';
import { filesOf } from './dropped-files.ts';

interface CsvDropProps {
  onFile(file: File): void;
  /** The file that was chosen, or that none is, stops the person. */
  readonly invalid: boolean;
  /** Id of what says so. */
  readonly problemId: string;
}

/** A drop zone around an ordinary, visible file input, so that keyboard and screen reader get what they know. */
export function CsvDrop({ onFile, invalid, problemId }: CsvDropProps) {
  const id = useId();
  const [refused, setRefused] = useState<string>();
  const take = (files: readonly File[]) => {
    const [file, ...others] = files;
    if (file === undefined) return;
    setRefused(others.length > 0 ? severalFiles(files) : undefined);
    if (others.length > 0) return;
    showInInput(id, file);
    onFile(file);
  };
  const { getRootProps, getInputProps, isDragActive } = useDropzone({
    onDrop: take,
    getFilesFromEvent: async (event: unknown) => {
      const { files, folder } = filesOf(event);
      if (folder !== undefined) setRefused(folderDropped(folder));
      return files;
    },
    multiple: true,
    // The box takes drops only; clicks and keys belong to the input inside.
    noClick: true,
    noKeyboard: true,
  });
  return (
    <Stack gap={6}>
      <Text component="label" htmlFor={id} fw={600}>
        {t('CSV file')}
      </Text>
      <Paper
        withBorder
        p="lg"
        {...(isDragActive ? { bg: 'var(--mantine-color-default-hover)' } : {})}
        {...getRootProps({ role: undefined, tabIndex: undefined })}
      >
        <input
          {...getInputProps({ id, className: 'file-input', tabIndex: 0, style: {}, 'aria-label': undefined })}
          multiple={false}
          {...(invalid && { 'aria-invalid': true, 'aria-describedby': problemId })}
        />
        <Group mt="xs">
          <Text c="dimmed" size="sm">
            {t('or drop the file here. CSV, packed CSV (.csv.gz) or an Excel workbook (.xlsx)')}
          </Text>
        </Group>
      </Paper>
      {refused !== undefined && <Notice kind="error">{refused}</Notice>}
    </Stack>
  );
}

/** Names shown of many files. */
const NAMED = 3;

function severalFiles(files: readonly File[]): string {
  const first = files
    .slice(0, NAMED)
    .map(({ name }) => inQuotes(name))
    .join(', ');
  const more = files.length - NAMED;
  return t(
    '{{files}} files were dropped: {{names}}. None was taken, because a run has one file. Drop one of them, or join them first.',
    { files: files.length, names: more > 0 ? t('{{names}} and {{more}} more', { names: first, more }) : first },
  );
}

function folderDropped(name: string): string {
  return t('“{{name}}” is a folder. Nothing was taken. Open it and drop the one file that you want to use.', { name });
}

/** A dropped file stands in the input as a chosen one does; otherwise the browser goes on saying that none is chosen. */
function showInInput(id: string, file: File): void {
  const input = document.getElementById(id);
  if (!(input instanceof HTMLInputElement) || input.files?.[0] === file) return;
  const transfer = new DataTransfer();
  transfer.items.add(file);
  input.files = transfer.files;
}
