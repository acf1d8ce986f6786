import { Button, Group, Stack, Text } from '@mantine/core';
import { t } from '../../words/translate.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { ScrollTable } from '../ui/scroll-table.tsx';
import { useJob } from '../ui/use-job.ts';
import { measureSpeeds } from './benchmark-run.ts';
import { roughNumber, type Speeds, speedSentence } from './speed-words.ts';

/** How fast this computer encodes and compares. */
export function BenchmarkSection() {
  const job = useJob<Speeds>();
  return (
    <Stack gap="lg">
      <Text c="dimmed" maw={720}>
        {t(
          'Encodes made-up people with the default schema and compares CLKs of 1024 bits at threshold 0.8, first on one thread, then on all. It takes some seconds; other work on this computer slows it down.',
        )}
      </Text>
      <Group>
        <Button onClick={() => job.start(measureSpeeds)} disabled={job.state.kind === 'running'}>
          {t('Run benchmark')}
        </Button>
      </Group>
      <JobStatus job={job} name={t('Measuring speed')} failure={t('The speed could not be measured')} />
      {job.state.kind === 'done' && <Figures speeds={job.state.value} />}
    </Stack>
  );
}

function Figures({ speeds }: { readonly speeds: Speeds }) {
  const { encodeOne, encodeAll, compareOne, compareAll, threads } = speeds;
  const all = threads === 1 ? t('All threads (1)') : t('All {{threads}} threads', { threads });
  return (
    <Stack gap="md">
      <Text role="status" fw={600} maw={760}>
        {speedSentence(speeds)}
      </Text>
      <ScrollTable
        label={t('Speed')}
        heads={[t('A second'), t('One thread'), all]}
        figures={[1, 2]}
        rows={[
          { key: 'encode', cells: [t('CLKs'), roughNumber(encodeOne), roughNumber(encodeAll)] },
          { key: 'compare', cells: [t('Comparisons'), roughNumber(compareOne), roughNumber(compareAll)] },
        ]}
      />
    </Stack>
  );
}
