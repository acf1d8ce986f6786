import { Anchor, Button, Container, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { CapabilityNotice } from '../ui/capability-notice.tsx';
import { FlowPicture } from './flow-picture.tsx';
import { LinkEntry } from './link-entry.tsx';

const YourRuns = lazy(() => import('../runs/your-runs.tsx'));

const PROMISES = [
  {
    title: 'Nobody is shown to anybody',
    text: 'Records are compared under encryption. The data owner never sees the list; the researcher never sees the data.',
  },
  {
    title: 'Small groups stay sealed',
    text: 'The data owner sets a minimum group size. Below it a figure cannot be opened, not even by the researcher’s own browser.',
  },
  {
    title: 'No third party',
    text: 'The two browsers talk directly to each other. No server ever holds a row, a key or a result.',
  },
] as const;

export function Home() {
  return (
    <Container size="lg" py={{ base: 'lg', sm: 48 }}>
      <Stack gap={40}>
        <CapabilityNotice />
        <Stack gap="md" maw={820}>
          <Title order={1} fz={{ base: 26, sm: 36 }} lh={1.2}>
            Statistics about the people two organisations have in common, without showing each other anyone
          </Title>
          <Text size="lg" c="dimmed">
            One side has a list of people. The other holds data about people. The researcher ends with one table: for
            each group, how many people of the list are in the data, and their averages.
          </Text>
        </Stack>
        <FlowPicture />
        <WaysIn />
        <Suspense>
          <YourRuns />
        </Suspense>
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="lg">
          {PROMISES.map(({ title, text }) => (
            <div key={title} className="panel">
              <Title order={2} size="h4" mb="xs">
                {title}
              </Title>
              <Text c="dimmed">{text}</Text>
            </div>
          ))}
        </SimpleGrid>
        <nav aria-label="More tools">
          <Group gap="xl">
            <Anchor href="#/linking">Link data sets anonymously</Anchor>
            <Anchor href="#/workbench">Workbench</Anchor>
          </Group>
        </nav>
        <Text size="sm" c="dimmed">
          What has left this computer so far: nothing.
        </Text>
      </Stack>
    </Container>
  );
}

function WaysIn() {
  return (
    <Stack gap="lg">
      <Group gap="md">
        <Button component="a" href="#/researcher" size="lg">
          I have a list
        </Button>
        <Button component="a" href="#/owner" size="lg">
          I hold the data
        </Button>
        <Button
          variant="default"
          size="lg"
          onClick={() => {
            location.hash = '#/sample';
          }}
        >
          Try with sample data
        </Button>
      </Group>
      <Text c="dimmed" maw={640}>
        The sample plays both sides in this window, on made-up people. It takes about a minute and needs no second
        person.
      </Text>
      <LinkEntry />
    </Stack>
  );
}
