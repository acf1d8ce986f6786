import type { ColumnProfile } from './column-profile.ts';
import type { ColumnUse } from './table.ts';

/** Labels that a table of results has room for. */
const MOST_LABELS = 64;

interface HeaderRule {
  readonly words: RegExp;
  readonly use: ColumnUse;
  /** What the values have to be like for the header to be believed. */
  readonly when?: (column: ColumnProfile) => boolean;
}

const isNumeric = (column: ColumnProfile) => column.numbers >= 0.9;
const isWords = (column: ColumnProfile) => column.numbers < 0.5;
const isDates = (column: ColumnProfile) => column.dates >= 0.7;
const isUnique = (column: ColumnProfile) => column.sampleDistinct >= 0.95 * column.sample.length;
const hasFewLabels = (column: ColumnProfile) =>
  column.distinct <= MOST_LABELS && column.sampleDistinct <= Math.max(2, 0.5 * column.sample.length);

/** The first rule whose words stand in the header (lower case, words parted by single spaces) and whose values fit decides. */
const HEADER_RULES: readonly HeaderRule[] = [
  {
    words:
      /\b(ssn|soc(ial)? sec(urity)?|nhs|medicare|passport|national (id|insurance)|tax (id|file|number)|licen[cs]e)\b/,
    use: 'code',
  },
  { words: /\b(dob|birth|born|birth ?date|date|geburtsdatum|naissance)\b/, use: 'date', when: isDates },
  { words: /\b(phone|telephone|tel|mobile|cell|fax|post ?code|postal ?code|zip( ?code)?|plz)\b/, use: 'code' },
  {
    words:
      /\b(street|house|unit|flat|apartment|apt|building|lot) ?(number|num|no|nr)\b|\bhouse ?number\b|\bhausnummer\b/,
    use: 'category',
  },
  { words: /\b(sex|gender|geschlecht)\b/, use: 'category' },
  {
    words: /\b(address|addr|street|road|suburb|city|town|locality|village|place|strasse|ort|stadt|rue|ville|e ?mail)\b/,
    use: 'text',
    when: isWords,
  },
  {
    words:
      /\b((given|first|middle|last|family|fore|maiden|full|sur|christian|person|patient|customer|client) ?names?|surname|forename|initials?|name|nachname|vorname|nom|prenom)\b/,
    use: 'name',
    when: isWords,
  },
  {
    words: /\b(id|ids|identifier|uuid|guid|key|index|row|rec|record)\b|\b(row|record|case|serial) ?(no|nr|number)\b/,
    use: 'ignore',
    when: isUnique,
  },
  {
    words:
      /\b(state|province|county|country|region|district|territory|ethnicity|ethnic|race|nationality|religion|language|group|category|class|type|status|department|ward|clinic|diagnosis|treatment|arm|cohort|occupation|education|smoker|smoking|marital|stage|grade|year)\b/,
    use: 'group',
    when: hasFewLabels,
  },
  {
    words:
      /\b(age|income|salary|wage|cost|costs|price|amount|weight|height|bmi|score|value|rate|dose|days|hours|minutes|years|visits|count|charge|charges|expenditure|pressure|level|distance|size|total)\b/,
    use: 'average',
    when: isNumeric,
  },
];

/** `dateOfBirth`, `DATE_OF_BIRTH` and `Date of birth:` are the same words. */
function headerWords(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What a column is likely to be used for, by its header where that says something, else by its values. */
export function guessUse(column: ColumnProfile): ColumnUse {
  if (column.sample.length === 0) return 'ignore';
  const words = headerWords(column.name);
  const rule = HEADER_RULES.find(({ words: pattern, when }) => pattern.test(words) && (when?.(column) ?? true));
  return rule?.use ?? guessByValues(column);
}

function guessByValues(column: ColumnProfile): ColumnUse {
  const { sample } = column;
  if (column.dates >= 0.9) return 'date';
  if (isNumeric(column)) return guessNumbers(column);
  if (isUnique(column) && sample.length > 20 && sample.every((text) => /^\S*\d\S*$/.test(text))) return 'ignore';
  if (hasFewLabels(column)) return 'group';
  const meanLength = sample.reduce((sum, text) => sum + text.length, 0) / sample.length;
  const withDigits = sample.filter((text) => /\d/.test(text)).length / sample.length;
  if (meanLength > 60) return 'ignore';
  if (withDigits > 0.9 && meanLength < 12) return 'code';
  if (withDigits < 0.05 && meanLength < 14) return 'name';
  return 'text';
}

function guessNumbers(column: ColumnProfile): ColumnUse {
  const { sample } = column;
  if (isUnique(column) && sample.length > 20 && sample.every((text) => /^\d+$/.test(text))) return 'ignore';
  const leadingZeros = sample.filter((text) => /^0\d/.test(text)).length;
  if (leadingZeros > 0.01 * sample.length) return 'code';
  const digits = new Set(sample.map((text) => (/^\d+$/.test(text) ? text.length : 0)));
  if (digits.size === 1 && !digits.has(0) && (sample[0]?.length ?? 0) >= 7) return 'code';
  if (column.distinct <= 10 && sample.length >= 50) return 'group';
  return 'average';
}
