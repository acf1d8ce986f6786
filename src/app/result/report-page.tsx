/** The result as one HTML file: table, charts, methods and agreement, to read and to print without this app. */
import type { ReactNode } from 'react';
import type { ResearcherResult } from '../../agreement/result.ts';
import { askedNames, STATISTICS } from '../../agreement/statistics.ts';
import { dateWords } from '../../words/format.ts';
import { language, t } from '../../words/translate.ts';
import { resultMethods } from '../analysis/methods.ts';
import { agreementSummary } from '../party/agreement-summary.ts';
import { certaintySentences } from '../party/certainty-words.ts';
import { agreementClauses, perturbationSentences } from '../party/plain.ts';
import { studySentences } from '../party/study-words.ts';
import { tableViews } from '../party/table-views.ts';
import { PAPER } from '../ui/chart-frame.tsx';
import { FILE_WIDTH } from '../ui/use-chart-width.ts';
import { MeansPlot, meanTitle } from './means-plot.tsx';
import { hiddenWords, labelNames, publishedScores, rowLabels } from './result-files.ts';
import { figureShown, isHidden, openTotal, withheldSentence } from './result-words.ts';

/** Nothing is loaded and nothing runs, whoever opens the file. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE = `
body { font: 11pt/1.45 system-ui, "Segoe UI", Roboto, Arial, sans-serif; color: #17262b; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
.wide { overflow-x: auto; }
th, td { border: 1px solid #d5dee0; padding: 0.25rem 0.6rem; text-align: start; }
td.figure, th.figure { text-align: end; }
td.hidden { color: #4d5a63; font-size: 85%; }
dt { font-weight: 600; } dd { margin: 0 0 0.4rem; }
svg { max-width: 100%; height: auto; }
figure { margin: 1.5rem 0; } figcaption { font-weight: 600; }
tr, figure { break-inside: avoid; } h2, h3 { break-after: avoid; }
`;

/** The whole file. */
export async function reportHtml(result: ResearcherResult): Promise<string> {
  // Large, and wanted only by those who save a report.
  const { renderToStaticMarkup } = await import('react-dom/server');
  return `<!DOCTYPE html>\n${renderToStaticMarkup(<ReportPage result={result} />)}\n`;
}

function ReportPage({ result }: { readonly result: ResearcherResult }) {
  const { agreement, agreementHash, finishedAt, version } = result;
  const title = reportTitle(result);
  const views = tableViews(result);
  return (
    <html lang={language()}>
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width" />
        <title>{title}</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <h1>{title}</h1>
        <Sentences of={studySentences(agreement)} />
        <p>
          {t('Released {{finishedAt}}, Blindjoin {{version}}. Agreement {{agreementHash}}.', {
            finishedAt: dateWords(finishedAt),
            version,
            agreementHash,
          })}
        </p>
        <h2>{t('Result')}</h2>
        <Tables views={views} />
        <Sentences of={[...perturbationSentences(agreement), withheldSentence(result)]} />
        {views.flatMap(({ title: name, result: table }) =>
          (table.agreement.terms.statistics.mean ? table.agreement.terms.payloads : []).map((column, payload) => (
            <figure key={`${name} ${column.name}`}>
              <figcaption>
                {[name, meanTitle(table, payload)].filter((part) => part !== undefined).join('. ')}
              </figcaption>
              <MeansPlot result={table} payload={payload} width={FILE_WIDTH} colours={PAPER} />
            </figure>
          )),
        )}
        <h2>{t('Methods')}</h2>
        <p>{resultMethods(result)}</p>
        <Sentences of={certaintySentences(publishedScores(result))} />
        <h2>{t('The agreement')}</h2>
        <AgreementParts result={result} />
      </body>
    </html>
  );
}

function Tables({ views }: { readonly views: ReturnType<typeof tableViews> }) {
  return views.map(({ title: name, result: table }) => (
    <section key={name ?? ''}>
      {name !== undefined && <h3>{name}</h3>}
      <Figures result={table} />
      <Sentences of={[openTotal(table)]} />
    </section>
  ));
}

function reportTitle({ agreement }: ResearcherResult): string {
  return agreement.list.study?.title ?? agreement.terms.study?.title ?? t('Result of a Blindjoin run');
}

function Sentences({ of }: { readonly of: readonly (string | undefined)[] }): ReactNode {
  return of.flatMap((sentence) => (sentence === undefined ? [] : [<p key={sentence}>{sentence}</p>]));
}

function Figures({ result }: { readonly result: ResearcherResult }) {
  const { payloads, statistics } = result.agreement.terms;
  const names = labelNames(result);
  const heads = names.length > 1 ? names : [t('Group')];
  const columns = payloads.flatMap((payload, index) =>
    askedNames(statistics).map((figure) => ({ ...payload, index, figure })),
  );
  return (
    <div className="wide">
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head}>{head}</th>
            ))}
            <th className="figure">{t('Count')}</th>
            {columns.map(({ name, figure }) => (
              <th key={`${name} ${figure}`} className="figure">
                {name} {t(STATISTICS[figure].word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {result.rows.map((row) => (
            <tr key={rowLabels(result, row).join('\u0000')}>
              {rowLabels(result, row).map((label, i) => (
                <th key={heads[i]}>{label}</th>
              ))}
              <Cell result={result} shown={row.count === undefined ? undefined : figureShown(row.count, 0)} />
              {columns.map(({ name, figure, index, decimals }) => (
                <Cell
                  key={`${name} ${figure}`}
                  result={result}
                  shown={
                    isHidden(row, index)
                      ? undefined
                      : figureShown(row.payloads[index]?.[figure], STATISTICS[figure].decimals(decimals))
                  }
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  readonly result: ResearcherResult;
  /** Undefined: sealed or withheld. */
  readonly shown: string | undefined;
}

function Cell({ result, shown }: CellProps) {
  return shown === undefined ? (
    <td className="figure hidden">{hiddenWords(result.agreement.terms)}</td>
  ) : (
    <td className="figure">{shown}</td>
  );
}

function AgreementParts({ result: { agreement, agreementHash } }: { readonly result: ResearcherResult }) {
  return (
    <>
      <dl>
        {agreementSummary(agreement).map(({ term, sentences }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{sentences.join(' ')}</dd>
          </div>
        ))}
      </dl>
      {agreementClauses(agreement).map(({ title, sentences, table }) => (
        <section key={title}>
          <h3>{title}</h3>
          <ul>
            {sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          {table && (
            <table>
              <caption>{table.title}</caption>
              <thead>
                <tr>
                  {table.heads.map((head) => (
                    <th key={head}>{head}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {table.rows.map((cells) => (
                  <tr key={cells[0]}>
                    {cells.map((cell, i) => (
                      <td key={table.heads[i]}>{cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
      ))}
      <p>{t('Fingerprint of this agreement (SHA-256): {{agreementHash}}', { agreementHash })}</p>
    </>
  );
}
