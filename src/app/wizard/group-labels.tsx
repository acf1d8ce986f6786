import { Stack, Table, Text, Title } from '@mantine/core';
import { numberWords, tCounted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { groupLabels } from '../party/group-ranges.ts';
import { listWords } from '../party/plain-words.ts';
import type { PartyState } from '../party/state.ts';
import { foldLabels, MAX_LABEL_LENGTH } from '../party/terms.ts';
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
        {t('Groups of {{name}}', { name })}
      </Title>
      {group?.kind === 'failed' && (
        <Notice kind="error">
          {group.message} {t('Set this column to Ignore.')}
        </Notice>
      )}
      {group?.kind === 'counting' && <Text role="status">{t('Counting labels')}</Text>}
      {labels && <Labels name={name} labels={labels} minimum={minimum} />}
      {blank && (
        <Text>
          {t(
            'Rows without a value are in none of the groups: {{name}} is averaged as well, and only rows with every average count.',
            { name },
          )}
        </Text>
      )}
    </Stack>
  );
}

interface LabelsProps extends Pick<GroupLabelsProps, 'name' | 'minimum'> {
  readonly labels: Parameters<typeof foldLabels>[0];
}

/** What the agreement names, and what becomes of the others. */
function namedWords(minimum: number, kept: LabelsProps['labels'], folded: number): string {
  const named = kept.some(({ range }) => range === 'closed')
    ? t('the groups of at least {{minimum}} rows and every range between two edges', { minimum })
    : t('the groups of at least {{minimum}} rows', { minimum });
  if (folded === 0) return t('The agreement names {{named}}, without their counts.', { named });
  return tCounted(
    'The agreement names {{named}}, without their counts; {{count}} smaller one goes into (other).',
    'The agreement names {{named}}, without their counts; {{count}} smaller ones go into (other).',
    folded,
    { named },
  );
}

function Labels({ name, labels, minimum }: LabelsProps) {
  const { kept, folded } = foldLabels(labels, minimum);
  const small = kept.filter(({ range, rows }) => range === 'closed' && rows < minimum);
  const long = folded.filter(({ label }) => label.length > MAX_LABEL_LENGTH).length;
  return (
    <>
      <Text c="dimmed">
        {t('Only you see these counts.')} {namedWords(minimum, kept, folded.length - long)}
      </Text>
      {long > 0 && (
        <Text>
          {tCounted(
            '{{count}} label is longer than {{most}} characters, so it goes into (other) as well. Below, under “Cleaning”, it can be given a shorter name.',
            '{{count}} labels are longer than {{most}} characters, so they go into (other) as well. Below, under “Cleaning”, they can be given shorter names.',
            long,
            { most: MAX_LABEL_LENGTH },
          )}
        </Text>
      )}
      <LabelTable name={name} kept={kept} folded={folded} />
      {small.length > 0 && (
        <Text>
          {t(
            'Fewer than {{minimum}} rows are in {{ranges}}: such a range always stays sealed, and then median and quartiles are not known. Wider ranges help.',
            { minimum, ranges: listWords(small.map(({ label }) => label)) },
          )}
        </Text>
      )}
      {Math.max(kept.length, folded.length) > SHOWN && (
        <Text c="dimmed">{t('Only the first {{shown}} are listed.', { shown: SHOWN })}</Text>
      )}
    </>
  );
}

/** Of the list of labels, pixels. */
const MAX_HEIGHT = 420;

type LabelTableProps = ReturnType<typeof foldLabels> & { readonly name: string };

function LabelTable({ name, kept, folded }: LabelTableProps) {
  return (
    <ScrollRegion label={t('Labels of {{name}}, scrolls', { name })} maxHeight={MAX_HEIGHT}>
      <Table aria-label={t('Labels of {{name}}', { name })} maw={480} className="figures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('Label')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('Rows')}
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
        {folded ? t('{{label}}, in (other)', { label }) : label}
      </Table.Td>
      <Table.Td ta="right">{numberWords(rows)}</Table.Td>
    </Table.Tr>
  );
}
