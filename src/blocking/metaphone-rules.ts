/**
 * The rules of Double Metaphone (Philips 2000), letter by letter, with the departures of the Python package Metaphone 0.6.
 * A rule looks at a word from the place that it has come to, and says what is heard and how far to go on.
 */

/** A word in capitals, and a place in it. */
export interface Place {
  /** The letters from so many places on, `-` beyond either end. */
  at(from: number, length?: number): string;
  /** Whether the letters from so many places on are one of these, all of one length. */
  is(from: number, ...texts: string[]): boolean;
  /** Whether the word begins so. */
  begins(...texts: string[]): boolean;
  /** From the word's start, 0 for its first letter. */
  readonly index: number;
  /** Of the word's last letter. */
  readonly last: number;
  readonly slavoGermanic: boolean;
  /** The word's last two letters. */
  readonly ending: string;
}

/** What is added to both codes, and how many letters it stands for; undefined where a rule says nothing. */
export type Sound = readonly [primary: string, secondary: string, letters: number];
export type Rule = (place: Place) => Sound | undefined;

const VOWELS = ['A', 'E', 'I', 'O', 'U', 'Y'];
const isVowel = (letter: string): boolean => VOWELS.includes(letter);

const both = (code: string, letters: number): Sound => [code, code, letters];

/** One code for a letter, once where it stands twice. */
const single =
  (code: string, letter: string): Rule =>
  (w) =>
    both(code, w.is(1, letter) ? 2 : 1);

const german = (w: Place): boolean => w.begins('VAN ', 'VON ') || w.begins('SCH');

function soundOfCh(w: Place): Sound {
  const first = w.index === 0;
  if (!first && w.is(0, 'CHAE')) return ['K', 'X', 2];
  const greek = first && (w.is(1, 'HARAC', 'HARIS') || w.is(1, 'HOR', 'HYM', 'HIA', 'HEM')) && !w.begins('CHORE');
  const hard =
    german(w) ||
    w.is(-2, 'ORCHES', 'ARCHIT', 'ORCHID') ||
    w.is(2, 'T', 'S') ||
    ((first || w.is(-1, 'A', 'O', 'U', 'E')) && w.is(2, 'L', 'R', 'N', 'M', 'B', 'H', 'F', 'V', 'W'));
  if (greek || hard) return both('K', 2);
  if (first) return both('X', 2);
  return w.begins('MC') ? both('K', 2) : ['X', 'K', 2];
}

function soundOfCc(w: Place): Sound {
  // 'bellocchio', but not 'bacchus'
  if (!w.is(2, 'I', 'E', 'H') || w.is(2, 'HU')) return both('K', 2);
  const accident = (w.index === 1 && w.begins('A')) || w.is(-1, 'UCCEE', 'UCCES');
  return both(accident ? 'KS' : 'X', 3);
}

const soundOfC: Rule = (w) => {
  const germanAch = w.index > 1 && !isVowel(w.at(-2)) && w.is(-1, 'ACH') && !w.is(2, 'I');
  if (germanAch && (!w.is(2, 'E') || w.is(-2, 'BACHER', 'MACHER'))) return both('K', 2);
  if (w.index === 0 && w.begins('CAESAR')) return both('S', 2);
  if (w.is(0, 'CHIA')) return both('K', 2);
  if (w.is(0, 'CH')) return soundOfCh(w);
  if (w.is(0, 'CZ') && !w.is(-2, 'WICZ')) return ['S', 'X', 2];
  if (w.is(1, 'CIA')) return both('X', 3);
  if (w.is(0, 'CC') && !(w.index === 1 && w.begins('M'))) return soundOfCc(w);
  if (w.is(0, 'CK', 'CG', 'CQ')) return both('K', 2);
  if (w.is(0, 'CI', 'CE', 'CY')) return ['S', w.is(0, 'CIO', 'CIE', 'CIA') ? 'X' : 'S', 2];
  if (w.is(1, ' C', ' Q', ' G')) return both('K', 3);
  return both('K', w.is(1, 'C', 'K', 'Q') && !w.is(1, 'CE', 'CI') ? 2 : 1);
};

const soundOfD: Rule = (w) => {
  if (w.is(0, 'DG')) return w.is(2, 'I', 'E', 'Y') ? both('J', 3) : both('TK', 2);
  return both('T', w.is(0, 'DT', 'DD') ? 2 : 1);
};

function soundOfGh(w: Place): Sound | undefined {
  if (w.index > 0 && !isVowel(w.at(-1))) return both('K', 2);
  if (w.index < 3) return w.index === 0 ? both(w.is(2, 'I') ? 'J' : 'K', 2) : undefined;
  // Parker's rule: 'hugh', 'bough', 'broughton'
  if (w.is(-2, 'B', 'H', 'D') || w.is(-3, 'B', 'H', 'D') || (w.index > 3 && w.is(-4, 'B', 'H'))) return both('', 2);
  if (w.is(-1, 'U') && w.is(-3, 'C', 'G', 'L', 'R', 'T')) return both('F', 2);
  return w.is(-1, 'I') ? undefined : both('K', 2);
}

function soundOfGn(w: Place): Sound {
  if (w.slavoGermanic) return both('KN', 2);
  if (w.index === 1 && isVowel(w.at(-1))) return ['KN', 'N', 2];
  return w.is(2, 'EY') ? both('KN', 2) : ['N', 'KN', 2];
}

const INITIAL_G = ['ES', 'EP', 'EB', 'EL', 'EY', 'IB', 'IL', 'IN', 'IE', 'EI', 'ER'];

const soundOfG: Rule = (w) => {
  if (w.is(1, 'H')) return soundOfGh(w);
  if (w.is(1, 'N')) return soundOfGn(w);
  if (w.is(1, 'LI') && !w.slavoGermanic) return ['KL', 'L', 2];
  if (w.index === 0 && (w.is(1, 'Y') || w.is(1, ...INITIAL_G))) return ['K', 'J', 2];
  const manager = (w.is(1, 'ER') || w.is(1, 'Y')) && !w.begins('DANGER', 'RANGER', 'MANGER');
  if (manager && !w.is(-1, 'E', 'I') && !w.is(-1, 'RGY', 'OGY')) return ['K', 'J', 2];
  if (w.is(1, 'E', 'I', 'Y') || w.is(-1, 'AGGI', 'OGGI')) {
    if (german(w) || w.is(1, 'ET')) return both('K', 2);
    return ['J', w.is(1, 'IER ') ? 'J' : 'K', 2];
  }
  return both('K', w.is(1, 'G') ? 2 : 1);
};

const soundOfH: Rule = (w) => ((w.index === 0 || isVowel(w.at(-1))) && isVowel(w.at(1)) ? both('H', 2) : both('', 1));

function codesOfJ(w: Place): readonly [string, string] {
  if (w.begins('SAN ')) return ['H', 'H'];
  if (w.is(0, 'JOSE')) return w.index === 0 && w.is(4, ' ') ? ['H', 'H'] : ['J', 'H'];
  if (w.index === 0) return ['J', 'A'];
  if (isVowel(w.at(-1)) && !w.slavoGermanic && w.is(1, 'A', 'O')) return ['J', 'H'];
  if (w.index === w.last) return ['J', ' '];
  const silent = w.is(1, 'L', 'T', 'K', 'S', 'N', 'M', 'B', 'Z') || w.is(-1, 'S', 'K', 'L');
  return silent ? ['', ''] : ['J', 'J'];
}

const soundOfJ: Rule = (w) => [...codesOfJ(w), w.is(1, 'J') ? 2 : 1];

const soundOfL: Rule = (w) => {
  if (!w.is(1, 'L')) return both('L', 1);
  // 'cabrillo', 'gallegos'
  const spanish =
    (w.index === w.last - 2 && w.is(-1, 'ILLO', 'ILLA', 'ALLE')) ||
    (w.is(-1, 'ALLE') && /([AO]S|[AO])$/.test(w.ending));
  return ['L', spanish ? '' : 'L', 2];
};

const soundOfP: Rule = (w) => (w.is(1, 'H') ? both('F', 2) : both('P', w.is(1, 'P', 'B') ? 2 : 1));

const soundOfR: Rule = (w) => {
  // 'rogier', but not 'hochmeier'
  const silent = w.index === w.last && !w.slavoGermanic && w.is(-2, 'IE') && !w.is(-4, 'ME', 'MA');
  return [silent ? '' : 'R', 'R', w.is(1, 'R') ? 2 : 1];
};

function soundOfSc(w: Place): Sound {
  if (!w.is(2, 'H')) return both(w.is(2, 'I', 'E', 'Y') ? 'S' : 'SK', 3);
  if (w.is(3, 'ER', 'EN')) return ['X', 'SK', 3];
  if (w.is(3, 'OO', 'UY', 'ED', 'EM')) return both('SK', 3);
  return ['X', w.index === 0 && !isVowel(w.at(3)) && !w.is(3, 'W') ? 'S' : 'X', 3];
}

const soundOfS: Rule = (w) => {
  if (w.is(-1, 'ISL', 'YSL')) return both('', 1);
  if (w.index === 0 && w.begins('SUGAR')) return ['X', 'S', 1];
  if (w.is(0, 'SH')) return both(w.is(1, 'HEIM', 'HOEK', 'HOLM', 'HOLZ') ? 'S' : 'X', 2);
  if (w.is(0, 'SIO', 'SIA')) return ['S', w.slavoGermanic ? 'S' : 'X', 3];
  if ((w.index === 0 && w.is(1, 'M', 'N', 'L', 'W')) || w.is(1, 'Z')) return ['S', 'X', w.is(1, 'Z') ? 2 : 1];
  if (w.is(0, 'SC')) return soundOfSc(w);
  if (w.index === w.last && w.is(-2, 'AI', 'OI')) return ['', 'S', 1];
  return both('S', w.is(1, 'S', 'Z') ? 2 : 1);
};

const soundOfT: Rule = (w) => {
  if (w.is(0, 'TION') || w.is(0, 'TIA', 'TCH')) return both('X', 3);
  if (w.is(0, 'TH') || w.is(0, 'TTH')) return w.is(2, 'OM', 'AM') || german(w) ? both('T', 2) : ['0', 'T', 2];
  return both('T', w.is(1, 'T', 'D') ? 2 : 1);
};

const soundOfW: Rule = (w) => {
  if (w.is(0, 'WR')) return both('R', 2);
  if (w.index === 0 && isVowel(w.at(1))) return ['A', 'F', 1];
  if (w.index === 0 && w.is(0, 'WH')) return both('A', 1);
  const arnow =
    (w.index === w.last && isVowel(w.at(-1))) || w.is(-1, 'EWSKI', 'EWSKY', 'OWSKI', 'OWSKY') || w.begins('SCH');
  if (arnow) return ['', 'F', 1];
  return w.is(0, 'WICZ', 'WITZ') ? ['TS', 'FX', 4] : both('', 1);
};

const soundOfX: Rule = (w) => {
  // 'breaux'
  const silent = w.index === w.last && (w.is(-3, 'IAU', 'EAU') || w.is(-2, 'AU', 'OU'));
  return both(silent ? '' : 'KS', w.is(1, 'C', 'X') ? 2 : 1);
};

const soundOfZ: Rule = (w) => {
  const letters = w.is(1, 'Z', 'H') ? 2 : 1;
  if (w.is(1, 'H')) return both('J', letters);
  const slavic = w.slavoGermanic && w.index > 0 && !w.is(-1, 'T');
  return ['S', w.is(1, 'ZO', 'ZI', 'ZA') || slavic ? 'TS' : 'S', letters];
};

/** `A` for a vowel at the start, nothing elsewhere. */
const soundOfVowel: Rule = (w) => both(w.index === 0 ? 'A' : '', 1);

export const RULES: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(VOWELS.map((vowel) => [vowel, soundOfVowel])),
  B: single('P', 'B'),
  C: soundOfC,
  D: soundOfD,
  F: single('F', 'F'),
  G: soundOfG,
  H: soundOfH,
  J: soundOfJ,
  K: single('K', 'K'),
  L: soundOfL,
  M: single('M', 'M'),
  N: single('N', 'N'),
  P: soundOfP,
  Q: single('K', 'Q'),
  R: soundOfR,
  S: soundOfS,
  T: soundOfT,
  V: single('F', 'V'),
  W: soundOfW,
  X: soundOfX,
  Z: soundOfZ,
};
