import { Group, Paper, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { useDropzone } from 'react-dropzone';

interface CsvDropProps {
  onFile(file: File): void;
}

/** A drop zone around an ordinary, visible file input, so that keyboard and screen reader get what they know. */
export function CsvDrop({ onFile }: CsvDropProps) {
  const id = useId();
  const { getRootProps, getInputProps, isDragActive } = useDropzone({
    onDrop: ([file]) => file && onFile(file),
    multiple: false,
    // The box takes drops only; clicks and keys belong to the input inside.
    noClick: true,
    noKeyboard: true,
  });
  return (
    <Stack gap={6}>
      <Text component="label" htmlFor={id} fw={600}>
        CSV file
      </Text>
      <Paper
        withBorder
        p="lg"
        {...(isDragActive ? { bg: 'var(--mantine-color-default-hover)' } : {})}
        {...getRootProps({ role: undefined, tabIndex: undefined })}
      >
        <input {...getInputProps({ id, className: 'file-input', tabIndex: 0, style: {}, 'aria-label': undefined })} />
        <Group mt="xs">
          <Text c="dimmed" size="sm">
            or drop the file here
          </Text>
        </Group>
      </Paper>
    </Stack>
  );
}
