import { NativeSelect, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ResearcherResult } from '../../agreement/result.ts';
import { analyse } from '../../statistics/analyse.ts';
import { firstChoice } from '../../statistics/first-choice.ts';
import { forPrograms, t } from '../../words/translate.ts';
import { tableViews } from '../party/table-views.ts';
import { allowedAnalyses, ChoiceForm } from './choice-form.tsx';
import { ReportView } from './report-view.tsx';
import { cellsOf } from './result-cells.ts';

/** Statistics of the opened table, on this page: choose one, see it, keep it. Loaded when it is asked for. */
export default function AnalysisSection({ result }: { readonly result: ResearcherResult }) {
  const views = tableViews(result);
  const [chosen, setChosen] = useState(0);
  const view = views[chosen];
  return (
    <Stack gap="lg">
      {views.length > 1 && (
        <NativeSelect
          label={t('Table')}
          maw={420}
          data={views.map(({ title }, i) => ({ value: String(i), label: title ?? '' }))}
          value={String(chosen)}
          onChange={({ currentTarget: { value } }) => setChosen(Number(value))}
        />
      )}
      {view && <TableAnalysis key={chosen} result={view.result} whole={result} />}
    </Stack>
  );
}

interface TableAnalysisProps {
  /** Of one table. */
  readonly result: ResearcherResult;
  /** Of all of them. */
  readonly whole: ResearcherResult;
}

function TableAnalysis({ result, whole }: TableAnalysisProps) {
  const table = useMemo(() => cellsOf(result, whole.agreement), [result, whole]);
  const [choice, setChoice] = useState(() => {
    const [first] = allowedAnalyses(table);
    return first && firstChoice(first, table);
  });
  if (choice === undefined) {
    return <Text>{t('This table has neither groups nor averages, so there is nothing to analyse.')}</Text>;
  }
  return (
    <Stack gap="lg">
      <ChoiceForm table={table} choice={choice} onChange={setChoice} />
      <ReportView
        report={analyse(table, choice)}
        forFiles={() => forPrograms(() => analyse(table, choice))}
        result={whole}
      />
    </Stack>
  );
}
