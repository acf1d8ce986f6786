import { Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { falseNegatives, falsePositives, linksAt, type Pair } from '../../quality/linkage-quality.ts';
import { writeGroups, writeMapping } from '../../quality/result-file.ts';
import { fixedWords, numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { NumberField } from '../ui/number-field.tsx';
import { saveFile } from '../ui/save-file.ts';
import { ScrollTable } from '../ui/scroll-table.tsx';
import { PairView } from './pair-view.tsx';
import type { Quality } from './quality-run.ts';

interface PairsViewProps {
  readonly quality: Quality;
  /** The threshold to begin with. */
  readonly start: number;
}

const SHOWN = 100;

const NO_PAIRS: readonly Pair[] = [];

/** What goes wrong at a threshold; nothing where it is lower than what was measured. */
function useWrongPairs({ linked, truthNames, matches }: Quality, threshold: number, fits: boolean) {
  const wrong = useMemo(
    () => (fits ? falsePositives(linked, truthNames, threshold) : NO_PAIRS),
    [fits, linked, truthNames, threshold],
  );
  const missed = useMemo(
    () => (fits ? falseNegatives(linked, matches, threshold) : NO_PAIRS),
    [fits, linked, matches, threshold],
  );
  return { wrong, missed };
}

/** The links at a threshold: files of them, those that are wrong or missing, and the fields of one of these. */
export function PairsView({ quality, start }: PairsViewProps) {
  const { linked, request } = quality;
  const [threshold, setThreshold] = useState(start);
  const [chosen, setChosen] = useState<Pair>();
  const fits = threshold >= request.lowest && threshold <= 1;
  const { wrong, missed } = useWrongPairs(quality, threshold, fits);
  const saveLinks = (name: string, write: (pairs: readonly Pair[]) => string) =>
    saveFile(`${name}.json`, 'application/json', write(linksAt(linked, threshold)));
  return (
    <Stack gap="md">
      <Title order={3} size="h4">
        {t('Links at a threshold')}
      </Title>
      <NumberField
        label={t('Threshold')}
        value={threshold}
        onChange={setThreshold}
        min={request.lowest}
        max={1}
        step={0.01}
        error={fits ? undefined : t('A number from {{lowest}} to 1', { lowest: numberWords(request.lowest) })}
      />
      <Group>
        <Button variant="default" disabled={!fits} onClick={() => saveLinks('groups', writeGroups)}>
          {t('Download groups')}
        </Button>
        <Button variant="default" disabled={!fits} onClick={() => saveLinks('mapping', writeMapping)}>
          {t('Download mapping')}
        </Button>
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <PairList
          name={t('False positives')}
          about={t('Linked, but two people.')}
          pairs={wrong}
          chosen={chosen}
          onChoose={setChosen}
        />
        <PairList
          name={t('False negatives')}
          about={t('One person, but not linked.')}
          pairs={missed}
          chosen={chosen}
          onChoose={setChosen}
        />
      </SimpleGrid>
      {chosen && <PairView key={`${chosen.first} ${chosen.second}`} pair={chosen} request={request} />}
    </Stack>
  );
}

interface PairListProps {
  readonly name: string;
  readonly about: string;
  readonly pairs: readonly Pair[];
  readonly chosen: Pair | undefined;
  onChoose(pair: Pair): void;
}

function PairList({ name, about, pairs, chosen, onChoose }: PairListProps) {
  const shown = pairs.slice(0, SHOWN);
  const isChosen = (pair: Pair) => chosen?.first === pair.first && chosen.second === pair.second;
  return (
    <Stack gap="xs" miw={0}>
      <Text fw={600} className="figures">
        {name}: {numberWords(pairs.length)}
      </Text>
      <Text size="sm" c="dimmed">
        {about} {pairs.length > SHOWN && t('The {{most}} most alike are listed.', { most: SHOWN })}
      </Text>
      {shown.length > 0 && (
        <ScrollTable
          label={name}
          heads={[t('First row'), t('Second row'), t('Similarity'), t('Fields')]}
          figures={[0, 1, 2]}
          maxHeight={260}
          rows={shown.map((pair) => ({
            key: `${pair.first} ${pair.second}`,
            cells: [
              numberWords(pair.first + 1),
              numberWords(pair.second + 1),
              fixedWords(pair.similarity, 3),
              <Button
                key="show"
                size="compact-xs"
                variant={isChosen(pair) ? 'filled' : 'default'}
                aria-pressed={isChosen(pair)}
                aria-label={t('Show the fields of row {{first}} and row {{second}}', {
                  first: pair.first + 1,
                  second: pair.second + 1,
                })}
                onClick={() => onChoose(pair)}
              >
                {t('Show')}
              </Button>,
            ],
          }))}
        />
      )}
    </Stack>
  );
}
