import { Button, Group, List, Stack, Text, Textarea, Title } from '@mantine/core';
import type { ResearcherResult } from '../../agreement/result.ts';
import { isEstimate } from '../../statistics/estimate.ts';
import type { Report, ReportBlock } from '../../statistics/report.ts';
import { forPrograms, t } from '../../words/translate.ts';
import { ChartFrame } from '../ui/chart-frame.tsx';
import { nameOfFile, saveFile } from '../ui/save-file.ts';
import { ScrollTable } from '../ui/scroll-table.tsx';
import { ForestPlot } from './forest-plot.tsx';
import { HistogramPlot } from './histogram-plot.tsx';
import { methodsParagraph } from './methods.ts';
import { reportCsv, reportJson } from './report-files.ts';
import { chanceWords, drawable, estimateWords, intervalWords, missingWords, testWords } from './report-words.ts';

interface ReportViewProps {
  readonly report: Report;
  /** The same in English, for files. */
  readonly forFiles: () => Report;
  readonly result: ResearcherResult;
}

/** An analysis: what must be known first, figures with their charts, tests, files and the paragraph for a paper. */
export function ReportView({ report, forFiles, result }: ReportViewProps) {
  const rounded = result.agreement.terms.perturbation?.kind === 'rounding';
  const methods = methodsParagraph(result, report);
  return (
    <Stack gap="lg">
      <Title order={4} size="h5">
        {report.title}
      </Title>
      {report.notes.length > 0 && (
        <List spacing={4}>
          {report.notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
      {report.blocks.map((block) => (
        <BlockView key={block.quantity} block={block} rounded={rounded} />
      ))}
      {report.histograms?.map(({ label, bars }) => (
        <ChartFrame
          key={label}
          title={`${report.title}, ${label}`}
          fileName={nameOfFile('blindjoin histogram', label)}
          name={t('Histogram of {{label}}', { label })}
          draw={(width, colours) => <HistogramPlot label={label} bars={bars} width={width} colours={colours} />}
        />
      ))}
      {report.tests.length > 0 && (
        <List spacing={4}>
          {report.tests.map(({ name, test }) => (
            <List.Item key={name}>
              {name}: {testWords(test)}
            </List.Item>
          ))}
        </List>
      )}
      <ReportFiles forFiles={forFiles} result={result} />
      <Textarea label={t('Methods')} description={t('Ready to paste')} value={methods} readOnly autosize minRows={4} />
    </Stack>
  );
}

/** Both files are English, whatever the page speaks: programs read them. */
function ReportFiles({ forFiles, result }: Omit<ReportViewProps, 'report'>) {
  const json = () => {
    const report = forFiles();
    return reportJson(
      report,
      forPrograms(() => methodsParagraph(result, report)),
      result,
    );
  };
  return (
    <Group>
      <Button variant="default" onClick={() => saveFile('blindjoin-analysis.csv', 'text/csv', reportCsv(forFiles()))}>
        {t('Analysis as CSV')}
      </Button>
      <Button variant="default" onClick={() => saveFile('blindjoin-analysis.json', 'application/json', json())}>
        {t('Analysis as JSON')}
      </Button>
    </Group>
  );
}

interface BlockViewProps {
  readonly block: ReportBlock;
  readonly rounded: boolean;
}

function BlockView({ block, rounded }: BlockViewProps) {
  const { quantity, lines } = block;
  const tested = lines.some(({ outcome }) => isEstimate(outcome) && outcome.p !== undefined);
  const reasons = [...new Set(lines.flatMap(({ outcome }) => missingWords(outcome) ?? []))];
  // A single figure that is no effect has nothing to stand beside.
  const drawn = drawable(lines);
  return (
    <Stack gap="sm">
      <ScrollTable
        label={t('Figures of the analysis: {{quantity}}', { quantity })}
        heads={[t('Group'), t('Basis'), quantity, t('95 % interval'), ...(tested ? ['p'] : [])]}
        figures={[2, 3, 4]}
        rows={lines.map(({ label, basis, outcome }) => ({
          key: label,
          cells: [
            <Text key={label} span fz="inherit" style={{ display: 'inline-block', minWidth: '9rem' }}>
              {label}
            </Text>,
            basis,
            estimateWords(outcome, rounded),
            intervalWords(outcome),
            ...(tested ? [chanceWords(isEstimate(outcome) ? outcome.p : undefined)] : []),
          ],
        }))}
      />
      {reasons.map((reason) => (
        <Text key={reason} size="sm">
          {reasons.length > 1 || lines.length > 1 ? `${listOf(block, reason)}: ` : ''}
          {reason}
        </Text>
      ))}
      {drawn.length > (block.none === undefined ? 1 : 0) && (
        <ChartFrame
          title={quantity}
          fileName={nameOfFile('blindjoin forest plot', quantity)}
          name={t('Forest plot of {{quantity}}', { quantity })}
          draw={(width, colours) => <ForestPlot block={block} rounded={rounded} width={width} colours={colours} />}
        />
      )}
    </Stack>
  );
}

/** The lines that lack something for this reason. */
function listOf({ lines }: ReportBlock, reason: string): string {
  return lines
    .filter(({ outcome }) => missingWords(outcome) === reason)
    .map(({ label }) => label)
    .join('; ');
}
