import { expect, it } from 'vitest';
import { compareCatalogue, entriesOf } from './catalogue.ts';
import { sentencesOf, untranslated } from './sentences.ts';

const SOURCE = `
const LATER = message('Said later.');
function Part() {
  const rows = counted(3, 'row');
  const cells = tCounted('{{count}} cell is empty.', '{{count}} cells are empty.', 3);
  return <p aria-label={t('A long one, ' + 'over two lines')}><Sentence english="Read <a>this</a>." elements={{}} /></p>;
}`;

it('finds what a catalogue must hold', () => {
  const { sentences, problems } = sentencesOf('part.tsx', SOURCE);
  expect(problems).toEqual([]);
  expect(sentences.flatMap((sentence) => entriesOf(sentence, 'de'))).toEqual([
    'Said later.',
    '{{count}} rows_one',
    '{{count}} rows_other',
    '{{count}} cells are empty._one',
    '{{count}} cells are empty._other',
    'A long one, over two lines',
    'Read <a>this</a>.',
  ]);
});

it('finds what it cannot reach: text, attributes, and what is said before the language is known', () => {
  const { problems } = sentencesOf(
    'part.tsx',
    `const EARLY = t('Too early');
     function Part() { return <p title="A title">Some text {t('and')} <b>x</b></p>; }
     const lost = <Sentence english="Read <link>this</link>." elements={{}} />;`,
  );
  expect(problems).toEqual([
    'part.tsx:1: t() before the language is known: use message()',
    'part.tsx:2: title="A title" is not in a call of t()',
    'part.tsx:2: "Some text" is not in a call of t()',
    'part.tsx:3: a tag of <Sentence> has the name of an element without content',
  ]);
});

it('lists what looks like a sentence and is not translated', () => {
  expect(
    untranslated('part.ts', "throw new Error('a row is empty'); t('and this is not'); f('word'); `a row ends`"),
  ).toEqual(['part.ts:1: a row is empty', 'part.ts:1: a row ends']);
});

it('holds a catalogue against them', () => {
  const { sentences } = sentencesOf('part.tsx', SOURCE);
  const whole = Object.fromEntries(
    sentences.flatMap((sentence) => entriesOf(sentence, 'de')).map((entry) => [entry, entry]),
  );
  expect(compareCatalogue('de', whole, sentences)).toEqual({ missing: new Map(), unused: [], different: [] });
  const changed = { ...whole, 'Read <a>this</a>.': 'Lesen Sie dies.', 'Not said.': '' };
  const lacking = Object.fromEntries(Object.entries(changed).filter(([entry]) => entry !== 'Said later.'));
  expect(compareCatalogue('de', lacking, sentences)).toEqual({
    missing: new Map([['Said later.', 'part.tsx:2']]),
    unused: ['Not said.'],
    different: ['Read <a>this</a>.'],
  });
});
