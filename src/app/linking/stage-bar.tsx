import { Group, Progress, Stack, Text } from '@mantine/core';

/** Bars without a length would be hidden to tools that look for what is visible. */
const STYLES = { section: { minWidth: 2 } } as const;

interface StageBarProps {
  readonly name: string;
  /** Share done, 0 to 1. */
  readonly share: number;
}

/** One stage of work under its name. */
export function StageBar({ name, share }: StageBarProps) {
  const percent = Math.floor(100 * share);
  return (
    <Stack gap={4}>
      <Group justify="space-between">
        <Text size="sm">{name}</Text>
        <Text size="sm" className="figures" c="dimmed">
          {percent} %
        </Text>
      </Group>
      <Progress value={percent} aria-label={name} styles={STYLES} transitionDuration={200} />
    </Stack>
  );
}
