/** How figures of an analysis are written. */
import { isEstimate, type Outcome, type Test } from '../../statistics/estimate.ts';
import type { ReportLine } from '../../statistics/report.ts';
import { fixedWords, numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';

const DIGITS = 4;

/** Four significant digits; whole numbers whole. */
export function figureWords(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '-∞' : '–';
  if (Number.isInteger(value)) return numberWords(value);
  const digits = Math.abs(value) < 1000 ? { maximumSignificantDigits: DIGITS } : { maximumFractionDigits: 1 };
  return numberWords(value, digits);
}

/** `0.034`, `under 0.001`. */
export function chanceWords(p: number | undefined): string {
  if (p === undefined) return '–';
  return p < 0.001 ? t('under 0.001') : fixedWords(p, 3);
}

/** `≈` stands before what is computed from rounded figures. */
export function estimateWords(outcome: Outcome, rounded: boolean): string {
  return isEstimate(outcome) ? `${rounded ? '≈ ' : ''}${figureWords(outcome.value)}` : '–';
}

/** `1.02 to 1.98`; empty where there is no interval. */
export function intervalWords(outcome: Outcome): string {
  if (!isEstimate(outcome) || Number.isNaN(outcome.error)) return '';
  return t('{{low}} to {{high}}', { low: figureWords(outcome.lower), high: figureWords(outcome.upper) });
}

/** `F = 3.21 on 2 and 98 degrees of freedom, p = 0.045`. */
export function testWords(test: Test): string {
  if (!('p' in test)) return test.reason;
  const { statistic, degrees, p, note } = test;
  const chance = p < 0.001 ? t('p under 0.001') : `p = ${chanceWords(p)}`;
  const values = { statistic: figureWords(statistic), degrees: degrees.map(figureWords).join(t(' and ')), chance };
  const said =
    degrees.length === 0
      ? `${chance}.`
      : degrees.join() === '1'
        ? t('{{statistic}} on {{degrees}} degree of freedom, {{chance}}.', values)
        : t('{{statistic}} on {{degrees}} degrees of freedom, {{chance}}.', values);
  return [said, ...(note ? [note] : [])].join(' ');
}

/** Lines that a chart can show. */
export function drawable(lines: readonly ReportLine[]): ReportLine[] {
  return lines.filter(
    ({ outcome }) => isEstimate(outcome) && Number.isFinite(outcome.upper) && !Number.isNaN(outcome.error),
  );
}

/** Why there is no estimate, or no interval of it. */
export function missingWords(outcome: Outcome): string | undefined {
  return isEstimate(outcome) ? outcome.bare : outcome.reason;
}
