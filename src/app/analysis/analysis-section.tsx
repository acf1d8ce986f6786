import { Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ResearcherResult } from '../../agreement/result.ts';
import { firstChoice } from '../../statistics/allowed-choices.ts';
import { analyse } from '../../statistics/analyse.ts';
import { allowedAnalyses, ChoiceForm } from './choice-form.tsx';
import { ReportView } from './report-view.tsx';
import { cellsOf } from './result-cells.ts';

/** Statistics of the opened table, on this page: choose one, see it, keep it. Loaded when it is asked for. */
export default function AnalysisSection({ result }: { readonly result: ResearcherResult }) {
  const table = useMemo(() => cellsOf(result), [result]);
  const [choice, setChoice] = useState(() => {
    const [first] = allowedAnalyses(table);
    return first && firstChoice(first, table);
  });
  const report = useMemo(() => choice && analyse(table, choice), [table, choice]);
  if (choice === undefined || report === undefined) {
    return <Text>This table has neither groups nor averages, so there is nothing to analyse.</Text>;
  }
  return (
    <Stack gap="lg">
      <ChoiceForm table={table} choice={choice} onChange={setChoice} />
      <ReportView report={report} result={result} />
    </Stack>
  );
}
