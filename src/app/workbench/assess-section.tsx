import { Button, Group, NumberInput, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { PartiesAssessment } from '../../blocking/assessment.ts';
import { readBlockingSchema } from '../../blocking/blocking-schema.ts';
import { t } from '../../words/translate.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { ScrollTable } from '../ui/scroll-table.tsx';
import { useJob } from '../ui/use-job.ts';
import { ifWritten, useReading } from '../ui/use-reading.ts';
import { withWorkbenchWorker } from '../ui/with-worker.ts';
import { AssessParty, type PartyTable } from './assess-party.tsx';
import { assessmentFigures } from './assessment-figures.ts';
import { BlockingSchemaField } from './blocking-schema-field.tsx';

const MAX_PARTIES = 8;

const readWritten = ifWritten(readBlockingSchema);

const TWO_PARTIES: readonly (PartyTable | undefined)[] = [undefined, undefined];

/** The parties of an assessment, their blocking schema, and what came of it; a change makes the figures void. */
function useAssessment() {
  const [text, setText] = useState('');
  const [parties, setParties] = useState(TWO_PARTIES);
  const [atLeast, setAtLeast] = useState(2);
  const reading = useReading(text, readWritten);
  const job = useJob<PartiesAssessment>();
  const schema = reading?.schema;
  const given = parties.filter((party) => party !== undefined);
  const assess = () => {
    if (!schema) return;
    job.start(({ signal, report }) => {
      report(t('Blocking and counting'));
      const tables = given.map(({ table, column }) => {
        const { name, text: csv, hasHeader } = table;
        return { name, text: csv, hasHeader, column };
      });
      return withWorkbenchWorker((worker) => worker.assess({ schema, parties: tables, atLeast }), signal);
    });
  };
  const anew =
    <T extends unknown[]>(change: (...given: T) => void) =>
    (...changed: T) => {
      change(...changed);
      job.reset();
    };
  return {
    text,
    reading,
    parties,
    atLeast,
    job,
    assess,
    ready: schema !== undefined && given.length === parties.length && job.state.kind !== 'running',
    setText: anew(setText),
    setAtLeast: anew(setAtLeast),
    setParty: anew((at: number, party: PartyTable | undefined) =>
      setParties((before) => before.map((one, i) => (i === at ? party : one))),
    ),
    addParty: () => setParties([...parties, undefined]),
    removeParty: anew(() => {
      setParties(parties.slice(0, -1));
      setAtLeast(Math.min(atLeast, parties.length - 1));
    }),
  };
}

/** How good a blocking is, where the tables say who is who. */
export function AssessSection() {
  const { parties, job, ...assessment } = useAssessment();
  return (
    <Stack gap="md">
      <Text c="dimmed" maw={720}>
        {t(
          'With tables that say who is who, such as generated ones, you see before a linkage how many comparisons blocks save, and how many people they lose. The reduction ratio is the share of comparisons that are saved; completeness is the share of the people known to several parties whose rows meet in a block.',
        )}
      </Text>
      <BlockingSchemaField
        label={t('Blocking schema to assess')}
        fileLabel={t('Blocking schema file to assess')}
        text={assessment.text}
        reading={assessment.reading}
        onChange={assessment.setText}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        {parties.map((party, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a party is its number
          <AssessParty key={i} number={i + 1} party={party} onChange={(changed) => assessment.setParty(i, changed)} />
        ))}
      </SimpleGrid>
      {parties.length > 2 && (
        <AtLeastField value={assessment.atLeast} parties={parties.length} onChange={assessment.setAtLeast} />
      )}
      <Group>
        <Button onClick={assessment.assess} disabled={!assessment.ready}>
          {t('Assess')}
        </Button>
        <Button variant="default" disabled={parties.length === MAX_PARTIES} onClick={assessment.addParty}>
          {t('Add a party')}
        </Button>
        {parties.length > 2 && (
          <Button variant="default" onClick={assessment.removeParty}>
            {t('Remove the last party')}
          </Button>
        )}
      </Group>
      <JobStatus job={job} name={t('Assessing')} failure={t('The blocks could not be assessed')} />
      {job.state.kind === 'done' && (
        <ScrollTable
          label={t('Assessment')}
          heads={[t('Figure'), t('Value')]}
          rows={assessmentFigures(job.state.value).map(({ name, value }) => ({ key: name, cells: [name, value] }))}
        />
      )}
    </Stack>
  );
}

interface AtLeastFieldProps {
  readonly value: number;
  readonly parties: number;
  onChange(atLeast: number): void;
}

function AtLeastField({ value, parties, onChange }: AtLeastFieldProps) {
  return (
    <NumberInput
      label={t('Parties that must have a block for it to be compared')}
      value={value}
      min={2}
      max={parties}
      allowDecimal={false}
      clampBehavior="strict"
      maw="26rem"
      onChange={(changed) => onChange(Number(changed) || 2)}
    />
  );
}
