import { Group, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.css';
import { useId } from 'react';

/** The box takes drops only: without a role of its own it leaves the input inside alone. */
const PLAIN_BOX = { role: undefined } as const;

interface CsvDropProps {
  onFile(file: File): void;
}

/** A drop zone around an ordinary, visible file input, so that keyboard and screen reader get what they know. */
export function CsvDrop({ onFile }: CsvDropProps) {
  const id = useId();
  return (
    <Stack gap={6}>
      <Text component="label" htmlFor={id} fw={600}>
        CSV file
      </Text>
      <Dropzone
        onDrop={([file]) => file && onFile(file)}
        multiple={false}
        activateOnClick={false}
        activateOnKeyboard={false}
        {...PLAIN_BOX}
        p="lg"
        inputProps={{ id, className: 'file-input', tabIndex: 0, style: {}, 'aria-label': undefined }}
      >
        <Group mt="xs">
          <Text c="dimmed" size="sm">
            or drop the file here
          </Text>
        </Group>
      </Dropzone>
    </Stack>
  );
}
