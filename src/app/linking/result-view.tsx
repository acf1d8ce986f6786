import { Button, Group, Stack, Text } from '@mantine/core';
import { yieldToPage } from '../../channel/yield-to-page.ts';
import type { Project } from '../../linking/project.ts';
import { resultText } from '../../linking/result-file.ts';
import { groupMembers, type RunResult, resultSize } from '../../linking/run-result.ts';
import { csvFile } from '../../table/csv-writer.ts';
import { counted, fixedWords, numberWords, tCounted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import type { CsvTable } from '../ui/csv-table.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { saveBlob } from '../ui/save-file.ts';
import { ScrollTable } from '../ui/scroll-table.tsx';
import { useJob } from '../ui/use-job.ts';
import { joinedCsv } from './joined-result.ts';

/** A provider's own file, to stand beside the result: as it was uploaded, or undefined after another visit. */
export interface OwnRows {
  /** Of the provider, from 0. */
  readonly provider: number;
  readonly table: CsvTable | undefined;
  /** How many were uploaded; undefined where this page uploaded none. */
  readonly rows: number | undefined;
}

interface ResultViewProps {
  readonly run: number;
  readonly result: RunResult;
  readonly project: Project;
  /** Left out on the linkage unit's page. */
  readonly own?: OwnRows | undefined;
}

const SHOWN = 20;

function headline(result: RunResult): string {
  const count = resultSize(result);
  switch (result.type) {
    case 'similarity scores':
      return counted(count, 'pair of rows', 'pairs of rows');
    case 'groups':
      return counted(count, 'group of rows', 'groups of rows');
    case 'mapping':
      return tCounted(
        '{{count}} row of provider 1, each with its row of provider 2',
        '{{count}} rows of provider 1, each with its row of provider 2',
        count,
      );
    case 'permutation':
      return tCounted(
        'A new order of your {{count}} row; the first {{places}} places are kept',
        'A new order of your {{count}} rows; the first {{places}} places are kept',
        count,
        { places: numberWords(result.places) },
      );
    case 'mask':
      return maskHeadline(count, result.mask.length);
  }
}

function maskHeadline(count: number, places: number): string {
  const matches = numberWords(count);
  return count === 1
    ? tCounted('{{matches}} of {{count}} place is a match', '{{matches}} of {{count}} places is a match', places, {
        matches,
      })
    : tCounted('{{matches}} of {{count}} place are matches', '{{matches}} of {{count}} places are matches', places, {
        matches,
      });
}

interface Preview {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Rows count from 1 on the page, as in the problems of a file; in files they count from 0, as the family's do. */
const place = (party: number | undefined, row: number | undefined) =>
  t('provider {{provider}}, row {{row}}', { provider: (party ?? 0) + 1, row: numberWords((row ?? 0) + 1) });

function preview(result: RunResult, providers: number): Preview {
  switch (result.type) {
    case 'similarity scores': {
      const { firstParty, firstRow, secondParty, secondRow, similarity } = result.pairs;
      const rows = [...similarity.subarray(0, SHOWN)].map((score, i) => [
        place(firstParty[i], firstRow[i]),
        place(secondParty[i], secondRow[i]),
        fixedWords(score, 4),
      ]);
      return { heads: [t('One'), t('Other'), t('Similarity')], rows };
    }
    case 'groups':
    case 'mapping': {
      const heads = Array.from({ length: providers }, (_, i) => t('Row of provider {{number}}', { number: i + 1 }));
      const rows: string[][] = [];
      for (const members of groupMembers(result.groups)) {
        if (rows.length === SHOWN) break;
        const rowsOf = (of: number) => members.flatMap(([party, row]) => (party === of ? [String(row + 1)] : []));
        rows.push(heads.map((_, i) => rowsOf(i).join(', ')));
      }
      return { heads, rows };
    }
    case 'permutation':
      return {
        heads: [t('Row'), t('New place')],
        rows: [...result.order.subarray(0, SHOWN)].map((to, row) => [String(row + 1), String(to + 1)]),
      };
    case 'mask':
      return {
        heads: [t('Place'), t('Match')],
        rows: [...result.mask.subarray(0, SHOWN)].map((matched, i) => [
          String(i + 1),
          matched === 1 ? t('yes') : t('no'),
        ]),
      };
  }
}

/** Writes the result to files: by itself, and joined to the provider's own rows. */
function useResultFiles({ run, result, own }: ResultViewProps) {
  const saving = useJob<undefined>();
  const save = () =>
    saving.start(async ({ signal, report }) => {
      report(t('Writing the file'));
      const parts: string[] = [];
      for (const part of resultText(result)) {
        parts.push(part);
        signal.throwIfAborted();
        await yieldToPage();
      }
      saveBlob(`run-${run}-${result.type.replaceAll(' ', '-')}.json`, new Blob(parts, { type: 'application/json' }));
      return undefined;
    });
  const { provider = 0, table, rows } = own ?? {};
  const saveJoined = () =>
    saving.start(async ({ report }) => {
      if (table === undefined || rows === undefined) return undefined;
      report(t('Joining with your file'));
      const csv = await joinedCsv(result, provider, table, rows);
      if (csv !== undefined) saveBlob(`run-${run}-with-own-rows.csv`, new Blob([csvFile(csv)], { type: 'text/csv' }));
      return undefined;
    });
  return { saving, save, saveJoined: table !== undefined && rows !== undefined ? saveJoined : undefined };
}

/** What a run gave to this page: how much, the beginning as a table, and the whole as a file. */
export function ResultView(props: ResultViewProps) {
  const { result, project } = props;
  const { saving, save, saveJoined } = useResultFiles(props);
  const { heads, rows } = preview(result, project.providers);
  return (
    <Stack gap="sm">
      <Text fw={600} className="figures">
        {headline(result)}
      </Text>
      <ScrollTable
        label={t('Result')}
        heads={heads}
        maxHeight={320}
        rows={rows.map((cells, i) => ({ key: String(i), cells }))}
      />
      <Text size="sm" c="dimmed">
        {t(
          'The first {{shown}} are shown. Rows count from 1 here and in the CSV, and from 0 in the JSON file, as in those of Anonlink.',
          { shown: rows.length },
        )}
      </Text>
      <Group>
        <Button variant="default" onClick={save}>
          {t('Download result')}
        </Button>
        {saveJoined && (
          <Button variant="default" onClick={saveJoined}>
            {t('Download CSV with my rows')}
          </Button>
        )}
      </Group>
      <JobStatus job={saving} name={t('Writing the file')} failure={t('The file could not be written')} />
    </Stack>
  );
}
