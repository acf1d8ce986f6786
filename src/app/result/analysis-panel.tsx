import { Button, Stack, Text, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import type { ResearcherResult } from '../../agreement/result.ts';
import { t } from '../../words/translate.ts';
import { LateChart } from '../ui/late-chart.tsx';

const analysisSection = () => import('../analysis/analysis-section.tsx');

/** Analyses of the table, opened when the researcher wants them. */
export function AnalysisPanel({ result }: { readonly result: ResearcherResult }) {
  const [open, setOpen] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const analyse = () => {
    setOpen(true);
    // The button goes away, and would take the focus with it.
    heading.current?.focus({ preventScroll: true });
  };
  return (
    <Stack gap="sm" align="stretch">
      <Title order={3} ref={heading} tabIndex={-1} size="h4">
        {t('Analysis')}
      </Title>
      <Text c="dimmed">
        {t(
          'Intervals, tests, risk and rate ratios and regressions, computed on this page from the table. Nothing is sent.',
        )}
      </Text>
      {open ? (
        <LateChart load={analysisSection} height={280} chart={{ result }} />
      ) : (
        <Button variant="default" style={{ alignSelf: 'start' }} onClick={analyse}>
          {t('Analyse the table')}
        </Button>
      )}
    </Stack>
  );
}
