import { Button, Group, Stack, Text } from '@mantine/core';
import type { ResearcherResult } from '../../agreement/result.ts';
import { LateChart } from '../late-chart.tsx';
import { Notice } from '../notice.tsx';
import { noiseSentences } from '../party/plain.ts';
import { resultCsv, resultJson, saveFile } from './result-files.ts';
import { ResultTable } from './result-table.tsx';

const meansChart = () => import('./means-chart.tsx');

/** The noise that the table's figures carry, beside the table. */
function NoiseNote({ result }: { readonly result: ResearcherResult }) {
  const sentences = noiseSentences(result.agreement);
  if (sentences.length === 0) return null;
  return (
    <Notice kind="info" title="These figures carry noise">
      <Text>{sentences.join(' ')}</Text>
    </Notice>
  );
}

/** What the researcher ends with: the table, a chart of the means, files to keep, and how many of her records matched. */
export function ResultView({ result }: { readonly result: ResearcherResult }) {
  const { agreement, records, recordsWithKey, matches } = result;
  const charted = agreement.terms.statistics.mean ? agreement.terms.payloads : [];
  return (
    <Stack gap="lg">
      <ResultTable result={result} />
      <NoiseNote result={result} />
      <Group>
        <Button onClick={() => saveFile('blindjoin-result.csv', 'text/csv', resultCsv(result))}>Download CSV</Button>
        <Button
          variant="default"
          onClick={() => saveFile('blindjoin-result.json', 'application/json', resultJson(result))}
        >
          Download JSON
        </Button>
      </Group>
      {charted.map(({ name }, payload) => (
        <LateChart key={name} load={meansChart} height={280} chart={{ result, payload }} />
      ))}
      <details>
        <summary>How many of your records found a match</summary>
        <Text mt="xs" className="figures">
          {matches.toLocaleString('en')} of your {records.toLocaleString('en')} records found a match;{' '}
          {recordsWithKey.toLocaleString('en')} had enough filled in to be compared. Only your side knows this.
        </Text>
        <Text mt="xs" size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          Agreement {result.agreementHash}, {new Date(result.finishedAt).toLocaleString()}, version {result.version}.
        </Text>
      </details>
    </Stack>
  );
}
