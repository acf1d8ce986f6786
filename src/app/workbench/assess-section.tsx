import { Button, Group, NumberInput, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { PartiesAssessment } from '../../blocking/assessment.ts';
import { readBlockingSchema } from '../../blocking/blocking-schema.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { ScrollTable } from '../ui/scroll-table.tsx';
import { useJob } from '../ui/use-job.ts';
import { withWorkbenchWorker } from '../ui/with-worker.ts';
import { AssessParty, type PartyTable } from './assess-party.tsx';
import { assessmentFigures } from './assessment-figures.ts';
import { BlockingSchemaField } from './blocking-schema-field.tsx';

const MOST_PARTIES = 8;

/** How good a blocking is, where the tables say who is who. */
export function AssessSection() {
  const [text, setText] = useState('');
  const [parties, setParties] = useState<readonly (PartyTable | undefined)[]>([undefined, undefined]);
  const [atLeast, setAtLeast] = useState(2);
  const reading = useMemo(() => (text.trim() === '' ? undefined : readBlockingSchema(text)), [text]);
  const job = useJob<PartiesAssessment>();
  const schema = reading?.schema;
  const ready = parties.filter((party) => party !== undefined);
  const setParty = (at: number, party: PartyTable | undefined): void => {
    setParties((before) => before.map((one, i) => (i === at ? party : one)));
    job.reset();
  };
  const assess = () => {
    if (!schema) return;
    job.start(({ signal, report }) => {
      report('Blocking and counting');
      const tables = ready.map(({ table: { name, text: csv, hasHeader }, column }) => ({
        name,
        text: csv,
        hasHeader,
        column,
      }));
      return withWorkbenchWorker((worker) => worker.assess({ schema, parties: tables, atLeast }), signal);
    });
  };
  return (
    <Stack gap="md">
      <Text c="dimmed" maw={720}>
        With tables that say who is who, such as generated ones, you see before a linkage how many comparisons blocks
        save, and how many people they lose. The reduction ratio is the share of comparisons that are saved;
        completeness is the share of the people known to several parties whose rows meet in a block.
      </Text>
      <BlockingSchemaField
        of="to assess"
        text={text}
        reading={reading}
        onChange={(changed) => {
          setText(changed);
          job.reset();
        }}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        {parties.map((party, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a party is its number
          <AssessParty key={i} number={i + 1} party={party} onChange={(changed) => setParty(i, changed)} />
        ))}
      </SimpleGrid>
      {parties.length > 2 && (
        <NumberInput
          label="Parties that must have a block for it to be compared"
          value={atLeast}
          min={2}
          max={parties.length}
          allowDecimal={false}
          clampBehavior="strict"
          maw="26rem"
          onChange={(value) => {
            setAtLeast(Number(value) || 2);
            job.reset();
          }}
        />
      )}
      <Group>
        <Button onClick={assess} disabled={!schema || ready.length < parties.length || job.state.kind === 'running'}>
          Assess
        </Button>
        <Button
          variant="default"
          disabled={parties.length === MOST_PARTIES}
          onClick={() => setParties([...parties, undefined])}
        >
          Add a party
        </Button>
        {parties.length > 2 && (
          <Button
            variant="default"
            onClick={() => {
              setParties(parties.slice(0, -1));
              setAtLeast(Math.min(atLeast, parties.length - 1));
              job.reset();
            }}
          >
            Remove the last party
          </Button>
        )}
      </Group>
      <JobStatus job={job} name="Assessing" failure="The blocks could not be assessed" />
      {job.state.kind === 'done' && (
        <ScrollTable
          label="Assessment"
          heads={['Figure', 'Value']}
          rows={assessmentFigures(job.state.value).map(({ name, value }) => ({ key: name, cells: [name, value] }))}
        />
      )}
    </Stack>
  );
}
