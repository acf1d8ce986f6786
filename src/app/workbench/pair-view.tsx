import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import type { Pair } from '../../quality/linkage-quality.ts';
import { type PairWaterfall, pairWaterfall } from '../../quality/pair-waterfall.ts';
import { fixedWords, numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { chooseColumns } from '../ui/column-choice.ts';
import { type CsvTable, rowsAt } from '../ui/csv-table.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { LateChart } from '../ui/late-chart.tsx';
import { ScrollTable } from '../ui/scroll-table.tsx';
import { useJob } from '../ui/use-job.ts';
import type { QualityRequest } from './quality-run.ts';

const waterfallChart = () => import('./waterfall-chart.tsx');

interface PairViewProps {
  readonly pair: Pair;
  readonly request: QualityRequest;
}

async function valuesOf(table: CsvTable, row: number, { schema }: QualityRequest): Promise<string[]> {
  const values = (await rowsAt(table, new Set([row]))).get(row) ?? [];
  const { columns } = chooseColumns(schema, table);
  return columns.map((column) => (column === undefined ? '' : (values[column] ?? '')));
}

/** One pair, field by field: what each adds to the similarity, and what it loses. */
export function PairView({ pair, request }: PairViewProps) {
  const job = useJob<PairWaterfall>();
  const { start } = job;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `start` is new on every render and does the same
  useEffect(() => {
    start(async () => {
      const first = await valuesOf(request.first, pair.first, request);
      const second = await valuesOf(request.second, pair.second, request);
      return pairWaterfall(request.schema, request.secret, [first, second]);
    });
  }, [pair, request]);
  const waterfall = job.state.kind === 'done' ? job.state.value : undefined;
  return (
    <Stack gap="md">
      <Title order={4} size="h5">
        {t('Row {{first}} of the first file and row {{second}} of the second', {
          first: numberWords(pair.first + 1),
          second: numberWords(pair.second + 1),
        })}
      </Title>
      <JobStatus job={job} name={t('Encoding the pair')} failure={t('The pair could not be shown')} />
      {waterfall && <Fields waterfall={waterfall} />}
    </Stack>
  );
}

function Fields({ waterfall }: { readonly waterfall: PairWaterfall }) {
  const { fields, similarity } = waterfall;
  return (
    <>
      <Text c="dimmed" maw={760}>
        {t(
          'How much of the similarity comes from each field. A field adds its most where the two rows have the same bits there; bits that several fields set count in equal parts. Fields also agree a little by chance.',
        )}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <LateChart load={waterfallChart} height={300} chart={{ waterfall }} />
        <ScrollTable
          label={t('Fields of the pair')}
          heads={[t('Field'), t('First'), t('Second'), t('Adds'), t('At most')]}
          figures={[3, 4]}
          rows={[
            ...fields.map(({ field, first, second, adds, most }) => ({
              key: field,
              cells: [field, first, second, fixedWords(adds, 3), fixedWords(most, 3)],
            })),
            { key: 'Similarity', cells: [t('Similarity'), '', '', fixedWords(similarity, 3), fixedWords(1, 3)] },
          ]}
        />
      </SimpleGrid>
    </>
  );
}
