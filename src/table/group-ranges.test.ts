import { describe, expect, it } from 'vitest';
import { areDates, type RangeEdges, rangeOf } from '../agreement/ranges.ts';
import { uniform } from '../testing/statistics-table.ts';
import { equalParts } from './equal-parts.ts';
import { countLabels, labelIndices } from './group-labels.ts';
import { readTable } from './read-table.ts';

const TEXT = `age,born,weight
17,31/12/1949,61,5
18,01/01/1950,70
64,15/06/1969,
-1,01/01/1970,unknown
65,,80
,13/13/1960,90
`;

async function tableOf(text: string) {
  return (await readTable(new Blob([text]), 'people.csv', { header: true })).table;
}

describe('ranges of a column', () => {
  it('count numbers in their order, with those between edges even where nobody is', async () => {
    const table = await tableOf(TEXT.replace('61,5', '61'));
    expect(countLabels(table, 0, [0, 18, 65, 90])).toEqual([
      { label: 'under 0', rows: 1, range: 'open' },
      { label: '0 to under 18', rows: 1, range: 'closed' },
      { label: '18 to under 65', rows: 2, range: 'closed' },
      { label: '65 to under 90', rows: 1, range: 'closed' },
      { label: '(missing)', rows: 1 },
    ]);
    expect(countLabels(table, 2, [0]).map(({ label, rows }) => [label, rows])).toEqual([
      ['0 and over', 4],
      ['(missing)', 2],
    ]);
  });

  it('count dates by the order in which the column writes them', async () => {
    const table = await tableOf(TEXT.replace('61,5', '61'));
    expect(countLabels(table, 1, ['1950-01-01', '1970-01-01'])).toEqual([
      { label: 'before 1950', rows: 1, range: 'open' },
      { label: '1950 to 1969', rows: 2, range: 'closed' },
      { label: '1970 and later', rows: 1, range: 'open' },
      { label: '(missing)', rows: 2 },
    ]);
  });

  it('put each row into its agreed range, and what is not named into (other)', async () => {
    const table = await tableOf(TEXT.replace('61,5', '61'));
    const agreed = { labels: ['0 to under 18', '18 to under 65', '(other)'], edges: [0, 18, 65] };
    expect([...labelIndices(table, 0, agreed)]).toEqual([0, 1, 1, 2, 2, 2]);
    expect(() => labelIndices(table, 0, { ...agreed, labels: agreed.labels.slice(0, 2) })).toThrow(
      'Row 4 has “under 0” in column “age”',
    );
  });
});

describe('equal parts by rank', () => {
  const random = uniform(16);
  const columns: [string, (row: number) => string][] = [
    ['ages', () => String(Math.floor(random() * 90) + 5)],
    ['amounts', () => (random() ** 3 * 250_000).toFixed(2)],
    ['days', () => new Date(Date.UTC(1930, 0, 1) + random() * 2e12).toISOString().slice(0, 10)],
    ['negative', () => (random() - 0.5).toFixed(3)],
  ];

  it.each(columns)('of %s hold every value between the outer edges, about as many in each', async (name, value) => {
    const rows = Array.from({ length: 5000 }, (_, row) => value(row));
    const table = await tableOf(`${name}\n${rows.join('\n')}\n`);
    const edges: RangeEdges = equalParts(table, 0, 10);
    expect(edges).toHaveLength(11);
    const counts = new Array<number>(12).fill(0);
    for (const one of rows) {
      const range = areDates(edges) ? rangeOf(edges, one) : rangeOf(edges, Number(one));
      counts[range] = (counts[range] ?? 0) + 1;
    }
    expect([counts[0], counts[11]]).toEqual([0, 0]);
    for (const count of counts.slice(1, 11)) expect(count / 500).toBeCloseTo(1, 0);
  });

  it('tell no exact value of many digits, and no day', async () => {
    const amounts = await tableOf(`amount\n${Array.from({ length: 400 }, (_, i) => `${i * 517}.37`).join('\n')}\n`);
    for (const edge of equalParts(amounts, 0, 4)) expect(Number(edge) % 100).toBe(0);
    const days = await tableOf('born\n1950-03-17\n1961-08-09\n1970-12-31\n1983-02-28\n');
    expect(equalParts(days, 0, 2)).toEqual(['1950-03-01', '1970-12-01', '1983-03-01']);
  });

  it('are fewer where values are equal, and none where all are', async () => {
    const table = await tableOf(`visits\n${'0\n'.repeat(80)}${'1\n'.repeat(15)}${'2\n'.repeat(5)}`);
    expect(equalParts(table, 0, 10)).toEqual([0, 1, 3]);
    const same = await tableOf('visits\n3\n3\n3\n');
    expect(() => equalParts(same, 0, 10)).toThrow('no two different numbers');
  });
});
