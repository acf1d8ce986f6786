import { Anchor, Button, Container, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { message, t } from '../../words/translate.ts';
import { CapabilityNotice } from '../ui/capability-notice.tsx';
import { Notice } from '../ui/notice.tsx';
import { isHome, shownFragment } from '../ui/route.ts';
import { FlowPicture } from './flow-picture.tsx';
import { LinkEntry } from './link-entry.tsx';

const YourRuns = lazy(() => import('../runs/your-runs.tsx'));

const PROMISES = [
  {
    title: message('Nobody is shown to anybody'),
    text: message(
      'Records are compared under encryption. The data owner never sees the list; the researcher never sees the data.',
    ),
  },
  {
    title: message('Small groups stay sealed'),
    text: message(
      'The data owner sets a minimum group size. Below it a figure cannot be opened, not even by the researcher’s own browser.',
    ),
  },
  {
    title: message('No third party'),
    text: message('The two browsers talk directly to each other. No server ever holds a row, a key or a result.'),
  },
] as const;

export function Home() {
  const lost = !isHome(shownFragment());
  return (
    <Container size="lg" py={{ base: 'lg', sm: 48 }}>
      <Stack gap={40}>
        <CapabilityNotice />
        {lost && (
          <Notice kind="warning" title={t('This address leads to no page')}>
            {t('If somebody sent you the link, a part of it may be missing: copy all of it, and paste it below.')}
          </Notice>
        )}
        <Stack gap="md" maw={820}>
          <Title order={1} fz={{ base: 26, sm: 36 }} lh={1.2}>
            {t('Statistics about the people two organisations have in common, without showing each other anyone')}
          </Title>
          <Text size="lg" c="dimmed">
            {t(
              'One side has a list of people. The other holds data about people. The researcher ends with one table: for each group, how many people of the list are in the data, and their averages.',
            )}
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
                {t(title)}
              </Title>
              <Text c="dimmed">{t(text)}</Text>
            </div>
          ))}
        </SimpleGrid>
        <nav aria-label={t('More tools')}>
          <Group gap="xl">
            <Anchor href="#/linking">{t('Link data sets anonymously')}</Anchor>
            <Anchor href="#/workbench">{t('Workbench')}</Anchor>
          </Group>
        </nav>
        <Text size="sm" c="dimmed">
          {t('What has left this computer so far: nothing.')}
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
          {t('I have a list')}
        </Button>
        <Button component="a" href="#/owner" size="lg">
          {t('I hold the data')}
        </Button>
        <Button
          variant="default"
          size="lg"
          onClick={() => {
            location.hash = '#/sample';
          }}
        >
          {t('Try with sample data')}
        </Button>
      </Group>
      <Text c="dimmed" maw={640}>
        {t(
          'The sample plays both sides in this window, on made-up people. It takes about a minute and needs no second person.',
        )}
      </Text>
      <LinkEntry />
    </Stack>
  );
}
