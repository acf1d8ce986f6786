import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { SampleOptions } from '../../sample/people.ts';
import { peopleSchema } from '../../sample/people-files.ts';
import { numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { type CsvTable, readCsvTable } from '../ui/csv-table.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { Notice } from '../ui/notice.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { saveFile } from '../ui/save-file.ts';
import { ScrollTable } from '../ui/scroll-table.tsx';
import { useJob } from '../ui/use-job.ts';
import { makePeople } from './people-files.ts';
import { useWorkbench } from './workbench-state.ts';

const MAX_PEOPLE = 1_000_000;

interface People {
  readonly first: CsvTable;
  readonly second: CsvTable;
}

/** What keeps these numbers from being used. */
function complaint({ listRows, dataRows, overlap, seed }: SampleOptions): string | undefined {
  const between = (value: number, low: number, high: number) =>
    Number.isInteger(value) && value >= low && value <= high;
  if (!between(listRows, 1, MAX_PEOPLE) || !between(dataRows, 1, MAX_PEOPLE)) {
    return t('A file has from 1 to {{most}} rows.', { most: numberWords(MAX_PEOPLE) });
  }
  if (!between(overlap, 0, Math.min(listRows, dataRows))) {
    return t('People in both are from 0 to {{most}}, the rows of the shorter file.', {
      most: numberWords(Math.min(listRows, dataRows)),
    });
  }
  return between(seed, 0, 2 ** 32 - 1) ? undefined : t('The seed is a whole number from 0 to 4,294,967,295.');
}

const schemaText = () => `${JSON.stringify(peopleSchema(), null, 2)}\n`;

/** Made-up people in two files, written down with mistakes, for trying things out. */
export function GenerateSection() {
  const [options, setOptions] = useState<SampleOptions>({ listRows: 1000, dataRows: 1000, overlap: 500, seed: 1 });
  const job = useJob<People>();
  const trouble = complaint(options);
  const generate = () =>
    job.start(async ({ signal, report }) => {
      const texts = await makePeople(options, { signal, onProgress: (done) => report(t('Making people'), done) });
      return {
        first: await readCsvTable('people-1.csv', texts.first, { hasHeader: true, signal }),
        second: await readCsvTable('people-2.csv', texts.second, { hasHeader: true, signal }),
      };
    });
  const field = (key: 'listRows' | 'dataRows' | 'overlap' | 'seed') => ({
    value: options[key],
    onChange: (value: number) => setOptions({ ...options, [key]: value }),
  });
  return (
    <Stack gap="lg">
      <Text c="dimmed" maw={720}>
        {t(
          'Two files about made-up people. Some are in both, with typing mistakes, misspellings, swapped names, missing values and new addresses. The number in person_id tells who is who.',
        )}
      </Text>
      <Group align="end" gap="lg">
        <NumberField label={t('Rows of the first file')} {...field('listRows')} min={1} max={MAX_PEOPLE} />
        <NumberField label={t('Rows of the second file')} {...field('dataRows')} min={1} max={MAX_PEOPLE} />
        <NumberField label={t('People in both')} {...field('overlap')} min={0} max={MAX_PEOPLE} />
        <NumberField label={t('Seed')} {...field('seed')} min={0} />
      </Group>
      {trouble !== undefined && <Notice kind="error">{trouble}</Notice>}
      <Group>
        <Button onClick={generate} disabled={trouble !== undefined || job.state.kind === 'running'}>
          {t('Generate people')}
        </Button>
        <Button variant="default" onClick={() => saveFile('people-schema.json', 'application/json', schemaText())}>
          {t('Download default schema')}
        </Button>
      </Group>
      <JobStatus job={job} name={t('Generating')} failure={t('No people were made')} />
      {job.state.kind === 'done' && <MadePeople people={job.state.value} />}
    </Stack>
  );
}

function MadePeople({ people }: { readonly people: People }) {
  const { update } = useWorkbench();
  const [taken, setTaken] = useState<People>();
  const { first, second } = people;
  return (
    <Stack gap="md">
      <Text role="status" className="figures">
        {t('Made {{first}} and {{second}} rows.', { first: numberWords(first.rows), second: numberWords(second.rows) })}
      </Text>
      <ScrollTable
        label={t('First rows of the first file')}
        heads={first.columns}
        rows={first.preview.map((row, i) => ({ key: `${i}`, cells: row }))}
      />
      <Group>
        {[first, second].map(({ name, text }, i) => (
          <Button key={name} variant="default" onClick={() => saveFile(name, 'text/csv', text)}>
            {i === 0 ? t('Download first file') : t('Download second file')}
          </Button>
        ))}
        <Button
          onClick={() => {
            update({ first, second, schemaText: schemaText() });
            setTaken(people);
          }}
        >
          {t('Use them in the workbench')}
        </Button>
      </Group>
      {taken === people && (
        <Text role="status">
          {t('The other sections now have these files and their default schema. Enter a secret there and go on.')}
        </Text>
      )}
    </Stack>
  );
}
