/** What a column's numbers leave open: asked of the person, each with its possible answers. */

import { counted, inQuotes, numberWords, tCounted } from '../words/format.ts';
import { t } from '../words/translate.ts';
import type { ColumnDoubt, ColumnSettings, DecimalMark, MissingCandidate } from './column-settings.ts';
import { isDash, mayMeanZero } from './missing-words.ts';
import type { MarkCounts, NumberFindings } from './number-column.ts';
import { type NumberReading, numberOf, parseMeasure, readNumber } from './numbers.ts';

/** A share of rows in another way of writing, or of no numbers, that is more than slips. */
const TENTH = 0.1;
/** Rows with one mark that show what it is, as a share of those that it leaves open. */
const TELLING = 0.05;
const CODES_SHOWN = 6;
/** Numbers of a column beside those whose marks may group digits, and how far these lie above them to be odd. */
const FEWEST_OTHERS = 10;
const TIMES_AS_LARGE = 3;
/** Rows, and share of them, from which on a word that may mean zero distorts a figure. */
const ZERO_ROWS = 3;
const ZERO_SHARE = 0.02;
/** Share of the middle number below which the least one of a column is near zero. */
const NEAR_ZERO = 0.5;

/** The number in words that leave no doubt: `45.000` is `45,000` or `45`, in the spelling of the page. */
function inWords(value: string, mark: DecimalMark): string {
  const measure = parseMeasure(value, mark);
  return measure === undefined ? value : numberWords(numberOf(measure), { maximumFractionDigits: 20 });
}

function twoWaysWords({ both, example, sure, ...counts }: MarkCounts): string {
  const values = { example, point: inWords(example, '.'), comma: inWords(example, ',') };
  const isMixed = Math.min(counts['.'], counts[',']) > 0;
  if (!isMixed && sure === 0 && counts['.'] + counts[','] > 0) {
    return tCounted(
      '{{count}} number such as {{example}} can be read in two ways, and hardly any other number of the column shows which: as {{point}} or as {{comma}}.',
      '{{count}} numbers such as {{example}} can be read in two ways, and hardly any other number of the column shows which: as {{point}} or as {{comma}}.',
      both,
      values,
    );
  }
  return isMixed
    ? tCounted(
        '{{count}} number such as {{example}} can be read in two ways, and the column has numbers of both kinds: as {{point}} or as {{comma}}.',
        '{{count}} numbers such as {{example}} can be read in two ways, and the column has numbers of both kinds: as {{point}} or as {{comma}}.',
        both,
        values,
      )
    : tCounted(
        '{{count}} number such as {{example}} can be read in two ways, and no other number of the column shows which: as {{point}} or as {{comma}}.',
        '{{count}} numbers such as {{example}} can be read in two ways, and no other number of the column shows which: as {{point}} or as {{comma}}.',
        both,
        values,
      );
}

/** Asks for the decimal mark where the column does not show it, or shows both. */
export function markDoubts(counts: MarkCounts, settings: ColumnSettings): ColumnDoubt[] {
  const { both, example, sure } = counts;
  if (settings.decimalMark !== undefined || both === 0) return [];
  const decided = counts['.'] + counts[','];
  // One `0,5` among fifty `1,234` is a slip.
  const isShown = sure > 0 || decided > TELLING * both;
  if (decided > 0 && isShown && Math.min(counts['.'], counts[',']) <= TENTH * decided) return [];
  const marks: readonly DecimalMark[] = ['.', ','];
  return [
    {
      kind: 'decimal-mark',
      message: twoWaysWords(counts),
      stops: ['average'],
      choices: marks.map((decimalMark) => ({
        label: t('{{value}} is {{meaning}}', { value: example, meaning: inWords(example, decimalMark) }),
        settings: { decimalMark },
      })),
    },
  ];
}

/**
 * Asks about `3,500` among numbers such as `27.5`, and `1.500` among such as `987.50`: read as the column writes numbers it is far from
 * all of them, and in their midst else.
 */
export function groupedDoubts(
  { examples }: MarkCounts,
  sample: ReadonlyMap<string, number>,
  reading: NumberReading,
  settings: ColumnSettings,
): ColumnDoubt[] {
  if (settings.decimalMark !== undefined || examples.length === 0) return [];
  const marked = new Set(examples);
  const others = [...sample.keys()].flatMap((value) => {
    const decimal = marked.has(value) ? undefined : readNumber(value, reading);
    return decimal === undefined ? [] : [numberOf(decimal)];
  });
  if (others.length < FEWEST_OTHERS) return [];
  const least = others.reduce((a, b) => Math.min(a, b));
  const most = others.reduce((a, b) => Math.max(a, b));
  const otherMark = reading.decimalMark === '.' ? ',' : '.';
  const odd = examples.filter((value) => {
    const [taken, other] = [reading.decimalMark, otherMark].map((mark) => parseMeasure(value, mark as DecimalMark));
    if (taken === undefined || other === undefined) return false;
    const [number, otherwise] = [numberOf(taken), numberOf(other)];
    const isFar = number > TIMES_AS_LARGE * most || TIMES_AS_LARGE * number < least;
    return isFar && otherwise >= least && otherwise <= most;
  });
  const [first] = odd;
  if (first === undefined) return [];
  const { decimalMark } = reading;
  return [
    {
      kind: 'decimal-mark',
      message: tCounted(
        '{{count}} number such as {{example}} can be read in two ways: as {{far}}, which is far from all others, or as {{near}}, which is among them. If it is {{near}}, correct it under Cleaning or in the file.',
        '{{count}} numbers such as {{example}} can be read in two ways: as {{far}}, which is far from all others, or as {{near}}, which is among them. If it is {{near}}, correct it under Cleaning or in the file.',
        odd.length,
        { example: first, far: inWords(first, decimalMark), near: inWords(first, otherMark) },
      ),
      stops: ['average'],
      choices: [
        {
          label: t('{{value}} is {{meaning}}', { value: first, meaning: inWords(first, decimalMark) }),
          settings: { decimalMark },
        },
      ],
    },
  ];
}

/** Asks where more than a tenth of what is to be averaged is no number. */
export function notNumberDoubts(
  { numbers, others, examples }: NumberFindings,
  settings: ColumnSettings,
): ColumnDoubt[] {
  if (settings.notNumbers === 'missing' || others <= TENTH * (numbers + others)) return [];
  return [
    {
      kind: 'not-numbers',
      message: tCounted(
        '{{count}} value of {{values}} cannot be read as a number, such as {{examples}}.',
        '{{count}} values of {{values}} cannot be read as a number, such as {{examples}}.',
        others,
        {
          values: numberWords(numbers + others),
          examples: examples.map((text) => inQuotes(shortened(text))).join(', '),
        },
      ),
      stops: ['average'],
      choices: numbers === 0 ? [] : [{ label: t('They count as missing'), settings: { notNumbers: 'missing' } }],
    },
  ];
}

/** Whether zero may be among numbers: none is written, all are above it, and the least is not far from it. */
function mayLackZero(sample: ReadonlyMap<string, number>, reading: NumberReading): boolean {
  const numbers = [...sample.keys()].flatMap((value) => {
    const decimal = readNumber(value, reading);
    return decimal === undefined ? [] : [numberOf(decimal)];
  });
  numbers.sort((a, b) => a - b);
  const [least = 0, middle = 0] = [numbers[0], numbers[numbers.length >> 1]];
  return least > 0 && least < NEAR_ZERO * middle;
}

/** Asks about words such as “none” beside numbers of children, and dashes in accounts, which say zero as well as nothing. */
export function zeroDoubts(
  words: readonly MissingCandidate[],
  filled: number,
  sample: ReadonlyMap<string, number>,
  reading: NumberReading,
  settings: ColumnSettings,
): ColumnDoubt[] {
  const likely = words.filter(({ value, taken }) => taken && (mayMeanZero(value) || isDash(value)));
  const isZero = likely.some(({ value }) => isDash(value)) && mayLackZero(sample, reading);
  const found = likely.filter(({ value }) => isZero || !isDash(value));
  const rows = found.reduce((sum, word) => sum + word.rows, 0);
  if (settings.missing !== undefined || rows < Math.max(ZERO_ROWS, ZERO_SHARE * filled)) return [];
  const list = found.map((word) => `${inQuotes(word.value)} (${counted(word.rows, 'row')})`).join(', ');
  const taken = words.filter((word) => word.taken).map(({ value }) => value);
  return [
    {
      kind: 'missing-code',
      message: t(
        '{{values}} may mean zero, or that there is no value. If it means zero, merge it into 0 under Cleaning, at the end of this step.',
        { values: list },
      ),
      stops: ['average'],
      choices: [
        {
          label: t('{{values}}: no value', { values: found.map(({ value }) => inQuotes(value)).join(', ') }),
          settings: { missing: taken },
        },
      ],
    },
  ];
}

/** Asks about codes that stand out among numbers. */
export function codeDoubts(
  codes: readonly MissingCandidate[],
  taken: readonly string[],
  settings: ColumnSettings,
): ColumnDoubt[] {
  if (settings.missing !== undefined || codes.length === 0) return [];
  const shown = codes.slice(0, CODES_SHOWN).map(({ value, rows }) => `${value} (${counted(rows, 'row')})`);
  const list =
    codes.length > CODES_SHOWN
      ? tCounted('{{codes}} and {{count}} other', '{{codes}} and {{count}} others', codes.length - CODES_SHOWN, {
          codes: shown.join(', '),
        })
      : shown.join(', ');
  const values = codes.map(({ value }) => value);
  const named = `${values.slice(0, CODES_SHOWN).join(', ')}${codes.length > CODES_SHOWN ? ', …' : ''}`;
  return [
    {
      kind: 'missing-code',
      message:
        codes.length === 1
          ? t(
              '{{codes}} stands out from the other numbers: they may mean that there is no value, or be slips or in another unit.',
              { codes: list },
            )
          : t(
              '{{codes}} stand out from the other numbers: they may mean that there is no value, or be slips or in another unit.',
              { codes: list },
            ),
      stops: ['average'],
      choices: [
        { label: t('{{values}}: no value', { values: named }), settings: { missing: [...taken, ...values] } },
        { label: t('{{values}}: numbers like the others', { values: named }), settings: { missing: taken } },
      ],
    },
  ];
}

function shortened(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}
