import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { ResearcherResult } from '../../agreement/result.ts';
import { csvFile } from '../../table/csv-writer.ts';
import { combinations } from '../../tally/figures.ts';
import { counted, dateWords, numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import type { LinkedGroup } from '../analysis/linked-groups.tsx';
import { perturbationSentences } from '../party/plain.ts';
import { studySentences } from '../party/study-words.ts';
import { tableViews } from '../party/table-views.ts';
import { ChartFrame } from '../ui/chart-frame.tsx';
import { LateChart } from '../ui/late-chart.tsx';
import { Notice } from '../ui/notice.tsx';
import { nameOfFile, saveFile } from '../ui/save-file.ts';
import { AgreementDetails } from './agreement-text.tsx';
import { AnalysisPanel } from './analysis-panel.tsx';
import { MeansPlot, meanTitle } from './means-plot.tsx';
import { resultCsv, resultJson } from './result-files.ts';
import { ResultTable } from './result-table.tsx';
import { withheldSentence } from './result-words.ts';
import { WeightsView } from './weights-view.tsx';

/** How the table's figures were changed, beside the table. */
function PerturbationNote({ result }: { readonly result: ResearcherResult }) {
  const sentences = perturbationSentences(result.agreement);
  if (sentences.length === 0) return null;
  return (
    <Notice
      kind="info"
      title={
        result.agreement.terms.perturbation?.kind === 'noise'
          ? t('These figures carry noise')
          : t('These figures are rounded')
      }
    >
      <Text>{sentences.join(' ')}</Text>
    </Notice>
  );
}

const linkedGroups = () => import('../analysis/linked-groups.tsx');

interface ResultViewProps {
  readonly result: ResearcherResult;
  /** It has been downloaded. */
  readonly onSaved?: (() => void) | undefined;
}

/** What the researcher ends with: the table, a chart of the means, files to keep, and how many of their records matched. */
export function ResultView({ result, onSaved }: ResultViewProps) {
  const withheld = withheldSentence(result);
  const views = tableViews(result);
  const study = studySentences(result.agreement);
  return (
    <Stack gap="lg">
      {study.length > 0 && (
        <div>
          {study.map((sentence) => (
            <Text key={sentence} c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {sentence}
            </Text>
          ))}
        </div>
      )}
      {views.map(({ title, result: table }) => (
        <Stack key={title ?? ''} gap="xs">
          {title !== undefined && (
            <Title order={3} size="h4">
              {title}
            </Title>
          )}
          <ResultTable result={table} name={title} />
        </Stack>
      ))}
      <PerturbationNote result={result} />
      {withheld !== undefined && <Text>{withheld}</Text>}
      <Downloads result={result} onSaved={onSaved} />
      {views.map((view) => (
        <MeansCharts key={view.title ?? ''} view={view} />
      ))}
      <AnalysisPanel result={result} />
      <OwnRecords result={result} />
      <AgreementDetails agreement={result.agreement} hash={result.agreementHash} />
    </Stack>
  );
}

function Downloads({ result, onSaved }: ResultViewProps) {
  const save = (...file: Parameters<typeof saveFile>) => {
    saveFile(...file);
    onSaved?.();
  };
  const saveReport = async () => {
    const { reportHtml } = await import('./report-page.tsx');
    save('blindjoin-report.html', 'text/html', await reportHtml(result));
  };
  return (
    <Group>
      <Button onClick={() => save('blindjoin-result.csv', 'text/csv', csvFile(resultCsv(result)))}>
        {t('Download CSV')}
      </Button>
      <Button variant="default" onClick={() => save('blindjoin-result.json', 'application/json', resultJson(result))}>
        {t('Download JSON')}
      </Button>
      <Button variant="default" onClick={() => void saveReport()}>
        {t('Download report')}
      </Button>
    </Group>
  );
}

/** A chart for each average of one of the tables. */
function MeansCharts({ view: { title, result } }: { readonly view: ReturnType<typeof tableViews>[number] }) {
  const { statistics, payloads } = result.agreement.terms;
  if (!statistics.mean) return null;
  return payloads.map(({ name }, payload) => {
    const shown = [title, meanTitle(result, payload)].filter((part) => part !== undefined).join('. ');
    return (
      <ChartFrame
        key={name}
        title={shown}
        fileName={nameOfFile('blindjoin mean', title ?? '', name)}
        name={shown}
        draw={(width, colours) => <MeansPlot result={result} payload={payload} width={width} colours={colours} />}
      />
    );
  });
}

/** What only the researcher's side knows: how many of their records found a match, and how sure that is. */
function OwnRecords({ result }: { readonly result: ResearcherResult }) {
  const { records, recordsWithKey, matches, strata = [] } = result;
  const linked = linkedByStratum(result);
  return (
    <details>
      <summary>{t('How many of your records found a match')}</summary>
      <Text mt="xs" className="figures">
        {t(
          '{{matches}} of your {{records}} found a match; {{recordsWithKey}} had enough filled in to be compared. Only your side knows this.',
          {
            matches: numberWords(matches),
            records: counted(records, 'record'),
            recordsWithKey: numberWords(recordsWithKey),
          },
        )}
      </Text>
      {linked.length > 1 && (
        <LateChart load={linkedGroups} height={160} chart={{ names: strata.map(({ name }) => name), groups: linked }} />
      )}
      <WeightsView {...result.scores} />
      <Text mt="xs" size="sm" c="dimmed">
        {t(
          'To see whether the figures depend on the threshold, link once more and take the strict one: within one run a second table over fewer matches would tell of those who make the difference.',
        )}
      </Text>
      <Text mt="xs" size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {t('Agreement {{agreementHash}}, {{finishedAt}}, version {{version}}.', {
          agreementHash: result.agreementHash,
          finishedAt: dateWords(result.finishedAt),
          version: result.version,
        })}
      </Text>
    </details>
  );
}

function linkedByStratum({ strata = [], strataMatches = [], strataRecords = [] }: ResearcherResult): LinkedGroup[] {
  return combinations(strata).flatMap((labels, i) => {
    const [records, linked] = [strataRecords[i], strataMatches[i]];
    return records === undefined || linked === undefined ? [] : [{ labels, records, linked }];
  });
}
