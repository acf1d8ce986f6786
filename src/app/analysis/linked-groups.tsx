import { Stack, Text, Title } from '@mantine/core';
import { chiSquare } from '../../statistics/contingency.ts';
import { proportionEstimate } from '../../statistics/means.ts';
import { numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { ScrollTable } from '../ui/scroll-table.tsx';
import { estimateWords, intervalWords, testWords } from './report-words.ts';

export interface LinkedGroup {
  /** The researcher's labels of the group. */
  readonly labels: readonly string[];
  readonly records: number;
  readonly linked: number;
}

interface LinkedGroupsProps {
  readonly names: readonly string[];
  readonly groups: readonly LinkedGroup[];
}

/** Who is missing: of each of the researcher's groups the records that found a match, and whether the groups differ in that. */
export default function LinkedGroups({ names, groups }: LinkedGroupsProps) {
  const heads = [...names, t('Records'), t('Linked'), t('Not linked'), t('Share linked'), t('95 % interval')];
  const test = chiSquare(groups.map(({ records, linked }) => [linked, records - linked]));
  return (
    <Stack gap="xs">
      <Title order={4} size="h5">
        {t('Linked and not linked')}
      </Title>
      <Text c="dimmed">
        {t(
          'Where the groups differ, who was found is not like who was not, and figures of the found may not hold for all. Only your side knows this.',
        )}
      </Text>
      <ScrollTable
        label={t('Linked and not linked')}
        heads={heads}
        rowHeads={names.length}
        figures={heads.map((_, i) => i).slice(names.length)}
        rows={groups.map(({ labels, records, linked }) => {
          const share = proportionEstimate({ count: records, sum: linked, deviations: undefined });
          return {
            key: labels.join('\u0000'),
            cells: [
              ...labels,
              numberWords(records),
              numberWords(linked),
              numberWords(records - linked),
              estimateWords(share, false),
              intervalWords(share),
            ],
          };
        })}
      />
      <Text className="figures">{t('Chi-square, linked by group: {{test}}', { test: testWords(test) })}</Text>
    </Stack>
  );
}
