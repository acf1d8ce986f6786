import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { LabelCount } from '../../table/group-labels.ts';
import { initialState } from '../party/state.ts';
import { GroupLabels } from './group-labels.tsx';

const shown = (labels: readonly LabelCount[]) =>
  renderToStaticMarkup(
    <MantineProvider>
      <GroupLabels
        name="ward"
        column={0}
        minimum={10}
        state={{ ...initialState('owner'), groups: { 0: { kind: 'ready', labels } } }}
      />
    </MantineProvider>,
  );

it('says why a label goes into (other): too few rows bear it, or it is too long to be named', () => {
  const labels = [
    { label: 'North', rows: 40 },
    { label: 'L'.repeat(201), rows: 17 },
    { label: 'South', rows: 3 },
    { label: '(other)', rows: 30 },
  ];
  expect(shown(labels)).toContain('1 label is longer than 200 characters, so it goes into (other) as well.');
  expect(shown(labels)).toContain('2 smaller ones go into (other)');
  expect(shown(labels.slice(0, 1))).not.toContain('(other)');
});
