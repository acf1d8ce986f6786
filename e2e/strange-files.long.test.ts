import writeXlsxFile from 'write-excel-file/node';
import { agreeBoth, type Side } from './support/side.ts';
import { expect, test } from './support/test.ts';

const NAMES = 'Abel Bach Cern Diaz Egli Fink Gaul Hahn Iske Jahn Kern Lang Moor Noll Orff Pohl'.split(' ');
const GIVEN = 'Ada Bo Cleo Dov Eva Finn Gry Hal Ida Jon Kit Lea'.split(' ');
const PEOPLE = Array.from({ length: 160 }, (_, i) => ({
  given: `${GIVEN[i % 12]}${'aeiou'[i % 5]}${'lmnr'[i % 4]}`,
  family: `${NAMES[(i * 7) % 16]}${'bdgk'[(i >> 2) % 4]}${'aeiouy'[i % 6]}`,
  year: 1930 + ((i * 37) % 71),
  month: 1 + ((i * 5) % 12),
  day: 1 + ((i * 11) % 28),
  region: i % 40 === 3 ? 'nroth' : i % 2 === 0 ? 'north' : 'south',
  income: 250_000 + ((i * 7919) % 600_000),
}));
/** As in India: two digits a group before the last three. */
const lakh = (number: number) =>
  String(number)
    .replace(/(\d{1,2})(\d{3})$/, ',$1,$2')
    .replace(/^,/, '');
const two = (number: number) => String(number).padStart(2, '0');

/** A title, parts of a date in three columns, amounts as in India, `NA`, a code, a slip in a label, and a sum below. */
const DATA = [
  'Register of 2024',
  '',
  'given,family,by,bm,bd,region,income',
  ...PEOPLE.map(({ given, family, year, month, day, region, income }, i) =>
    [
      given,
      family,
      year,
      `${month}.0`,
      day,
      region,
      i % 16 === 5 ? 'NA' : i % 16 === 9 ? '-9' : `"${lakh(income)}"`,
    ].join(','),
  ),
  `Total,,,,,,${PEOPLE.reduce((sum, { income }) => sum + income, 0)}`,
].join('\n');
/** Dates in one column. */
const LIST = [
  'family;given;date of birth',
  ...PEOPLE.map(({ given, family, year, month, day }) => `${family};${given};${two(day)}.${two(month)}.${year}`),
].join('\n');

const shot = (side: Side, name: string) =>
  side.page.screenshot({ path: `test-results/strange-${name}.png`, fullPage: true });

/** Chooses the file with a sum below its people, and leaves the sum out. */
async function chooseWithSum(owner: Side): Promise<void> {
  await owner.chooseFile(DATA);
  await expect(owner.page.getByText('people.csv: 161 rows, 7 columns')).toBeVisible();
  await owner.button('Next').click();
  await expect(owner.alert).toContainText('1 row looks like a sum, a note, units or another table');
  await owner.page.getByRole('button', { name: 'Leave out what is no person' }).click();
  await expect(owner.page.getByRole('switch', { name: 'Read sums and notes as people' })).not.toBeChecked();
}

test('a strange file is cleaned on the page, and its means are the true ones', async ({ owner, researcher }) => {
  await owner.enter();
  await chooseWithSum(owner);
  await expect(owner.page.getByText('people.csv: 160 rows, 7 columns')).toBeVisible();
  await expect(owner.page.getByText(/2 lines above the table|1 line above the table/)).toBeVisible();
  await owner.next('Columns');
  await expect(owner.page.getByText('by, bm and bd look like year, month and day of one date.')).toBeVisible();
  await shot(owner, 'parts');
  await owner.page.getByRole('button', { name: 'Match by, bm and bd as one date' }).click();
  await expect(owner.page.getByRole('combobox', { name: 'Use of date of birth' })).toHaveValue('date');
  await owner.setUses({ given: 'Match as name', family: 'Match as name', region: 'Group by', income: 'Average' });
  await owner.button('Next').click();
  await expect(owner.alert).toContainText('-9 (10 rows) stands out from the other numbers');
  await owner.page.getByRole('button', { name: '-9: no value' }).click();
  const steps = owner.page.getByRole('list', { name: 'Cleaning steps' });
  await expect(steps).toContainText('income: “NA”, “-9” count as no value (20 values)');
  await expect(steps).toContainText('by, bm and bd are one date, “date of birth” (160 values)');
  await owner.page.getByRole('combobox', { name: 'Column to clean' }).selectOption('region');
  await owner.page.getByRole('button', { name: 'Merge into north' }).click();
  await expect(steps).toContainText('region: “nroth” becomes “north” (4 values changed)');
  await expect(owner.page.getByText('20 rows have no value and count in no figure and in no group')).toBeVisible();
  await shot(owner, 'cleaning');
  await owner.next('Rules');
  await owner.setRules({ minimum: 2, bands: 32, agreeing: 2 });
  await owner.next('Connect');
  await researcher.page.goto(await owner.createRoom());
  await researcher.loadFile(LIST);
  await researcher.next('Columns');
  await expect(researcher.page.getByLabel('Column for date of birth')).toHaveValue('2');
  await researcher.next('Rules');
  await researcher.next('Connect');
  await agreeBoth(owner, researcher);
  const [, ...rows] = await researcher.result();
  const shown = new Map(rows.map(([region, count, ...rest]) => [region, [count, rest]]));
  for (const label of ['north', 'south']) {
    const kept = PEOPLE.filter(
      ({ region }, i) => region.replace('nroth', 'north') === label && ![5, 9].includes(i % 16),
    );
    const mean = kept.reduce((sum, { income }) => sum + income, 0) / kept.length;
    const [count, figures] = shown.get(label) ?? [];
    expect(Number(count)).toBe(kept.length);
    const figure = (figures as string[]).map((text) => Number(text.replace(/[^\d.]/g, '')));
    expect(
      figure.some((number) => Math.abs(number - mean) < 1),
      `${label}: ${figures} for ${mean}`,
    ).toBe(true);
  }
  await shot(researcher, 'result');
});

test('years beside dates are said, and matched by year where both agree', async ({ owner, researcher }) => {
  await owner.enter();
  await owner.loadFile(
    ['family,birthyear,score', ...PEOPLE.map(({ family, year }, i) => `${family},${year},${i % 50}`)].join('\n'),
  );
  await owner.next('Columns');
  await owner.setUses({ family: 'Match as name', birthyear: 'Match as code', score: 'Average' });
  await owner.next('Rules');
  await owner.next('Connect');
  await researcher.page.goto(await owner.createRoom());
  await researcher.loadFile(LIST);
  await researcher.next('Columns');
  await researcher.page.getByLabel('Column for birthyear').selectOption('date of birth');
  const note = researcher.page.getByRole('note').filter({ hasText: 'whole dates: nobody agrees in them' });
  await expect(note).toBeVisible();
  await shot(researcher, 'years');
  await researcher.page.getByRole('button', { name: 'Match by the years of date of birth' }).click();
  await expect(note).toHaveCount(0);
  await expect(researcher.page.getByLabel('Column for birthyear')).toHaveValue('3');
});

test('workbooks are read however large their sheet, and archives that grow without end are refused', async ({
  owner,
}) => {
  await owner.enter();
  const rows = Array.from({ length: 12_000 }, (_, i) => [`Person ${i}`, 1930 + (i % 70), i % 90, `Ward ${i % 7}`]);
  const data = [['name', 'birthyear', 'score', 'ward'], ...rows].map((row) => row.map((value) => ({ value })));
  const book = await writeXlsxFile(data as never).toBuffer();
  await owner.chooseFile(book, 'people.xlsx');
  await expect(owner.page.getByText('people.xlsx: 12,000 rows, 4 columns')).toBeVisible();
  const bomb = Buffer.from(book);
  for (let at = 0; at < bomb.length - 46; at++) {
    // Of each entry of the directory, the size that it states.
    if (bomb.readUInt32LE(at) === 0x02014b50) bomb.writeUInt32LE(1 << 30, at + 24);
  }
  await owner.chooseFile(bomb, 'bomb.xlsx');
  await expect(owner.alert).toContainText('bomb.xlsx unpacks to more than 256 MB');
  await owner.chooseFile('name,age\nAnn,3\nBob,4\n', 'right.csv');
  await expect(owner.page.getByText('right.csv: 2 rows, 2 columns')).toBeVisible();
});

test('rows are filtered, and several files at once are not taken by half', async ({ owner }) => {
  await owner.enter();
  await owner.page.getByLabel('CSV file').evaluate((input: HTMLInputElement) => {
    const transfer = new DataTransfer();
    for (const name of ['a.csv', 'b.csv']) transfer.items.add(new File(['name,age\nAnn,3\n'], name));
    const zone = input.parentElement as HTMLElement;
    zone.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  await expect(owner.alert).toContainText(/2 files|one file/);
  await shot(owner, 'several');
  await chooseWithSum(owner);
  await owner.next('Columns');
  await owner.page.getByRole('combobox', { name: 'Column to clean' }).selectOption('region');
  await owner.page.getByRole('combobox', { name: 'Only rows where region' }).selectOption('is');
  await owner.page.getByRole('textbox', { name: 'Value of region' }).fill('south');
  await owner.page.getByRole('button', { name: 'Keep only these rows' }).click();
  const south = PEOPLE.filter(({ region }) => region === 'south').length;
  await expect(owner.page.getByRole('list', { name: 'Cleaning steps' })).toContainText(
    `(${160 - south} rows left out)`,
  );
  await shot(owner, 'filter');
  await owner.page.getByRole('button', { name: 'Undo step 1' }).click();
  await expect(owner.page.getByText('Nothing is changed so far.')).toBeVisible();
});
