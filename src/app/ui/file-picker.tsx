import { Stack, Text } from '@mantine/core';
import { useId } from 'react';

interface FilePickerProps {
  readonly label: string;
  readonly description?: string;
  /** As the input's `accept`. */
  readonly accept: string;
  onFile(file: File): void;
}

export const CSV_FILES = '.csv,.txt,text/csv';
export const JSON_FILES = '.json,application/json';

/** An ordinary file input under its label. The same file can be chosen again after it was changed. */
export function FilePicker({ label, description, accept, onFile }: FilePickerProps) {
  const id = useId();
  return (
    <Stack gap={6} maw="26rem" miw={0}>
      <div>
        <Text component="label" htmlFor={id} fw={600} size="sm">
          {label}
        </Text>
        {description !== undefined && (
          <Text id={`${id}-about`} size="xs" c="dimmed">
            {description}
          </Text>
        )}
      </div>
      <input
        id={id}
        type="file"
        accept={accept}
        className="file-input"
        aria-describedby={description === undefined ? undefined : `${id}-about`}
        onClick={({ currentTarget }) => {
          currentTarget.value = '';
        }}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) onFile(file);
        }}
      />
    </Stack>
  );
}
