import { Stack, Table, Text, Title } from '@mantine/core';
import { numberWords } from '../../words/format.ts';
import { groupLabels } from '../party/group-ranges.ts';
import { listWords } from '../party/plain-words.ts';
import type { PartyState } from '../party/state.ts';
import { foldLabels } from '../party/terms.ts';
import { Notice } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';

interface GroupLabelsProps {
  readonly name: string;
  readonly column: number;
  readonly state: PartyState;
  readonly minimum: number;
}

/** Labels listed at most; a column with more is no grouping anyway. */
const SHOWN = 80;

/** The labels of a group column with their row counts, and which of them will not be named. */
export function GroupLabels({ name, column, state, minimum }: GroupLabelsProps) {
  const group = state.groups[column];
  const labels = groupLabels(state, column);
  const blank = group?.kind === 'ready' && labels?.length !== group.labels.length;
  return (
    <Stack gap="xs">
      <Title order={3} size="h4">
        Groups of {name}
      </Title>
      {group?.kind === 'failed' && <Notice kind="error">{group.message} Set this column to Ignore.</Notice>}
      {group?.kind === 'counting' && <Text role="status">Counting labels</Text>}
      {labels && <Labels name={name} labels={labels} minimum={minimum} />}
      {blank && (
        <Text>
          Rows without a value are in none of the groups: {name} is averaged as well, and only rows with every average
          count.
        </Text>
      )}
    </Stack>
  );
}

interface LabelsProps extends Pick<GroupLabelsProps, 'name' | 'minimum'> {
  readonly labels: Parameters<typeof foldLabels>[0];
}

function Labels({ name, labels, minimum }: LabelsProps) {
  const { kept, folded } = foldLabels(labels, minimum);
  const small = kept.filter(({ range, rows }) => range === 'closed' && rows < minimum);
  return (
    <>
      <Text c="dimmed">
        Only you see these counts. The agreement names the groups of at least {minimum} rows
        {kept.some(({ range }) => range === 'closed') ? ' and every range between two edges' : ''}, without their counts
        {folded.length > 0
          ? `; ${folded.length} smaller ${folded.length === 1 ? 'one goes' : 'ones go'} into (other)`
          : ''}
        .
      </Text>
      <LabelTable name={name} kept={kept} folded={folded} />
      {small.length > 0 && (
        <Text>
          Fewer than {minimum} rows are in {listWords(small.map(({ label }) => label))}: such a range always stays
          sealed, and then median and quartiles are not known. Wider ranges help.
        </Text>
      )}
      {Math.max(kept.length, folded.length) > SHOWN && <Text c="dimmed">Only the first {SHOWN} are listed.</Text>}
    </>
  );
}

/** Of the list of labels, pixels. */
const MAX_HEIGHT = 420;

type LabelTableProps = ReturnType<typeof foldLabels> & { readonly name: string };

function LabelTable({ name, kept, folded }: LabelTableProps) {
  return (
    <ScrollRegion label={`Labels of ${name}, scrolls`} maxHeight={MAX_HEIGHT}>
      <Table aria-label={`Labels of ${name}`} maw={480} className="figures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Label</Table.Th>
            <Table.Th scope="col" ta="right">
              Rows
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {kept.slice(0, SHOWN).map(({ label, rows }) => (
            <Row key={label} label={label} rows={rows} />
          ))}
          {folded.slice(0, SHOWN).map(({ label, rows }) => (
            <Row key={`folded-${label}`} label={label} rows={rows} folded />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}

function Row({ label, rows, folded }: { readonly label: string; readonly rows: number; readonly folded?: boolean }) {
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere', paddingLeft: folded ? '2rem' : undefined }}>
        {folded ? `${label}, in (other)` : label}
      </Table.Td>
      <Table.Td ta="right">{numberWords(rows)}</Table.Td>
    </Table.Tr>
  );
}
