import { SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { percentWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { LateChart } from '../ui/late-chart.tsx';
import { matchChance } from './match-chance.ts';

const chanceChart = () => import('./chance-chart.tsx');

interface ChanceViewProps {
  /** For each band, how many comparisons must all succeed. */
  readonly values: readonly number[];
  readonly agreeing: number;
}

const SIMILARITIES = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

function chanceWords(chance: number): string {
  if (chance > 0.9995) return t('over {{share}}', { share: percentWords(0.999) });
  if (chance > 0 && chance < 0.0005) return t('under {{share}}', { share: percentWords(0.001) });
  return percentWords(chance, chance > 0.1 && chance < 0.9 ? 0 : 1);
}

/** What the chosen numbers mean: how likely two records are matched, by how alike they are. Chart and table. */
export function ChanceView({ values, agreeing }: ChanceViewProps) {
  if (values.length === 0 || !Number.isInteger(agreeing) || agreeing < 1 || agreeing > values.length) return null;
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        {t('Chance of a match')}
      </Title>
      <Text c="dimmed">
        {t(
          'How likely two records are taken for the same person, by the share of name parts, digits and so on they have in common.',
        )}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <LateChart load={chanceChart} height={240} chart={{ values, agreeing }} />
        <Table className="figures" fz="sm" aria-label={t('Chance of a match by similarity')} verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('Similarity')}</Table.Th>
              <Table.Th scope="col">{t('Chance of a match')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {SIMILARITIES.map((similarity) => (
              <Table.Tr key={similarity}>
                <Table.Td>{Math.round(100 * similarity)} %</Table.Td>
                <Table.Td>{chanceWords(matchChance(similarity, values, agreeing))}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </SimpleGrid>
    </Stack>
  );
}
