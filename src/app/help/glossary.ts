/** The words of the interface that not everybody knows, explained once: shown beside where they are used, and on the help page. */
import { message } from '../../words/translate.ts';

export const GLOSSARY = {
  agreement: {
    term: message('Agreement'),
    text: message(
      'One document that both people read and accept before anything runs: what is matched, what is released, to whom, and from which group size on. Its fingerprint is the same on both screens only if every word is.',
    ),
  },
  minimum: {
    term: message('Minimum group size'),
    text: message(
      'A figure over fewer matched people than this cannot be opened by anybody. 10 is usual; health authorities often ask for 5 to 20.',
    ),
  },
  sealed: {
    term: message('Sealed'),
    text: message('Not released, because fewer people than the minimum are behind it.'),
  },
  withheld: {
    term: message('Withheld'),
    text: message(
      'Released, but not shown, because a sealed figure could be found by subtraction otherwise. Nothing tells the two apart.',
    ),
  },
  match: {
    term: message('Match'),
    text: message(
      'A record of the list and a row of the data that are taken for the same person. Each has one partner at most.',
    ),
  },
  similarity: {
    term: message('Similarity'),
    text: message(
      'How much of what two records say is the same. 100 % is the same in every field; a typing mistake in a surname costs a few per cent.',
    ),
  },
  band: {
    term: message('Band'),
    text: message(
      'One way of comparing two records: a small set of their fields, reduced to a number that cannot be turned back. Two records agree in a band when their numbers are the same. More bands find more people in spite of mistakes, and take longer.',
    ),
  },
  agreeing: {
    term: message('Agreeing bands'),
    text: message(
      'In how many bands two records must agree before they are weighed as the same person. With 2, a mistake in one field is forgiven; with more, fewer strangers are compared and more people are missed.',
    ),
  },
  minhash: {
    term: message('MinHash'),
    text: message(
      'A way of making bands from pieces of names and dates, so that two spellings of one name often still agree. The best choice where values have mistakes.',
    ),
  },
  'p-sig': {
    term: message('p-sig'),
    text: message(
      'Bands made of whole values and their first letters, as the blocklib package makes them. Quick where values are clean; misspelt ones are lost.',
    ),
  },
  'lambda-fold': {
    term: message('lambda-fold'),
    text: message(
      'Bands drawn at random from the bits of a CLK, as the blocklib package draws them. Forgiving, and the slowest.',
    ),
  },
  clk: {
    term: message('CLK'),
    text: message(
      'Cryptographic long-term key: a row of bits made of a person’s names and dates with a secret. Similar people get similar bits. Used in linkage rooms and the workbench, not in the main job.',
    ),
  },
  weight: {
    term: message('Weight'),
    text: message(
      'How strongly two records speak for one person. Each point more makes that twice as likely. Rare names weigh more than common ones.',
    ),
  },
  epsilon: {
    term: message('Epsilon'),
    text: message(
      'How much one person can change a noisy figure. Smaller hides people better and makes figures less exact: 0.1 is strong protection, 1 is usual, above 5 protects little.',
    ),
  },
  'total-epsilon': {
    term: message('Total epsilon'),
    text: message(
      'What all noisy runs over one file may use up together. Ten runs with epsilon 1 tell about as much as one with epsilon 10.',
    ),
  },
  noise: {
    term: message('Noise'),
    text: message(
      'A random number that is added to every figure before it is opened. It protects people where two tables are compared. Over many figures it cancels out.',
    ),
  },
  rounding: {
    term: message('Rounding'),
    text: message(
      'The researcher’s page rounds every figure. It protects those who read what is published, not against the researcher.',
    ),
  },
  'complete-cases': {
    term: message('Complete cases'),
    text: message(
      'Only rows that have a value in every column to average count. The other choice, each column by itself, uses more rows, and may seal more figures.',
    ),
  },
  pseudonym: {
    term: message('Pseudonym'),
    text: message('A random number that stands for a row of the data in one run. The next run uses others.'),
  },
  'linkage-unit': {
    term: message('Linkage unit'),
    text: message('In a linkage room, who compares the CLKs of all data providers and sees no name.'),
  },
} as const satisfies Readonly<Record<string, { readonly term: string; readonly text: string }>>;

export type GlossaryTerm = keyof typeof GLOSSARY;
