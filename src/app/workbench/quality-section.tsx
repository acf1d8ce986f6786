import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { TruthGuess } from '../../quality/truth.ts';
import { t } from '../../words/translate.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { useJob } from '../ui/use-job.ts';
import { measureQuality, type Quality } from './quality-run.ts';
import { QualityView } from './quality-view.tsx';
import { SchemaStatus } from './schema-status.tsx';
import { SecretField } from './secret-field.tsx';
import { TablePicker } from './table-picker.tsx';
import { TruthForm } from './truth-form.tsx';
import { useSchemaReading, useWorkbench } from './workbench-state.ts';

const USUAL_LOWEST = 0.7;

function Purpose() {
  return (
    <Text c="dimmed" maw={720}>
      {t(
        'Links two files of which it is known who is who, and says how many links are right and how many people are found, at every threshold. Try the schema here before it is used where the truth is unknown.',
      )}
    </Text>
  );
}

/** From two tables whose truth is known to how well they link. */
export function QualitySection() {
  const { first, second, secret } = useWorkbench().state;
  const schema = useSchemaReading()?.schema;
  const [truth, setTruth] = useState<TruthGuess>({ first: 0, second: 0, pattern: '' });
  const [lowest, setLowest] = useState(USUAL_LOWEST);
  const job = useJob<Quality>();
  const onTruth = useCallback((found: TruthGuess) => setTruth(found), []);
  const lowestFits = lowest >= 0.3 && lowest <= 1;
  const ready = schema !== undefined && first !== undefined && second !== undefined && secret !== '' && lowestFits;
  const measure = () => {
    if (schema === undefined || first === undefined || second === undefined) return;
    job.start((control) => measureQuality({ first, second, schema, secret, truth, lowest }, control));
  };
  return (
    <Stack gap="xl">
      <Purpose />
      <Stack gap="md">
        <SchemaStatus />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
          <TablePicker label={t('First CSV file')} slot="first" />
          <TablePicker label={t('Second CSV file')} slot="second" />
        </SimpleGrid>
        {first && second && <TruthForm first={first} second={second} truth={truth} onChange={onTruth} />}
        <Group align="start" gap="xl">
          <SecretField />
          <NumberField
            label={t('Lowest threshold')}
            description={t('Pairs less alike than this are never linked')}
            value={lowest}
            onChange={setLowest}
            min={0.3}
            max={1}
            step={0.01}
            error={lowestFits ? undefined : t('A number from 0.3 to 1')}
          />
        </Group>
        <Group>
          <Button onClick={measure} disabled={!ready || job.state.kind === 'running'}>
            {t('Measure quality')}
          </Button>
        </Group>
      </Stack>
      <JobStatus job={job} name={t('Measuring')} failure={t('The quality could not be measured')} />
      {job.state.kind === 'done' && <QualityView quality={job.state.value} />}
    </Stack>
  );
}
