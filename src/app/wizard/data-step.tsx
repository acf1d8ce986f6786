import { Progress, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import type { CsvOptions } from '../../table/table.ts';
import { counted } from '../../words/format.ts';
import { message, t } from '../../words/translate.ts';
import type { FileState } from '../party/state.ts';
import { Notice } from '../ui/notice.tsx';
import { CsvDrop } from './csv-drop.tsx';
import { CsvOptionsForm } from './csv-options-form.tsx';
import { missingId } from './missing-notice.tsx';
import { ProblemList } from './problem-list.tsx';
import type { StepProps } from './step-props.ts';
import { OpenStudy } from './study-form.tsx';
import { TablePreview } from './table-preview.tsx';

const PURPOSE = {
  researcher: message(
    'Choose the CSV file with your list of people. It is read here, in this browser, and stays here.',
  ),
  owner: message('Choose the CSV file with your data. It is read here, in this browser, and stays here.'),
} as const;

/** Shown of a file that could not be read, where detection had the say. */
const USUAL_OPTIONS: CsvOptions = { encoding: 'utf-8', delimiter: ',', header: true, skip: 0 };

/** Step 1: the file, how it is read, its first rows and its problems. */
export function DataStep({ party, state }: StepProps) {
  const { file } = state;
  const problemId = useId();
  const lacking = file.kind === 'none' && state.missing.length > 0;
  return (
    <Stack gap="lg">
      <Text c="dimmed">{t(PURPOSE[state.role])}</Text>
      <CsvDrop
        onFile={(chosen) => void party.loadFile(chosen)}
        invalid={file.kind === 'failed' || lacking}
        problemId={file.kind === 'failed' ? problemId : missingId(state.role)}
      />
      <OpenStudy party={party} problems={state.studyProblems} />
      <Reading file={file} />
      {file.kind === 'failed' && (
        <div id={problemId}>
          <Notice kind="error" title={t('“{{name}}” could not be read', { name: file.name })}>
            {file.message}
          </Notice>
        </div>
      )}
      {file.kind === 'failed' && (
        <CsvOptionsForm
          summary={{
            options: { ...USUAL_OPTIONS, ...file.options },
            doubts: [],
            ...(file.sheets && { sheets: file.sheets }),
          }}
          onChange={(change) => void party.setCsvOptions(change)}
        />
      )}
      {file.kind === 'ready' && (
        <>
          <Text fw={600} className="figures" role="status">
            {file.summary.name}: {counted(file.summary.rows, 'row')}, {counted(file.summary.columns.length, 'column')}
          </Text>
          <CsvOptionsForm summary={file.summary} onChange={(change) => void party.setCsvOptions(change)} />
          <TablePreview summary={file.summary} />
          <ProblemList
            problems={[...file.summary.problems, ...(state.matchProblems ?? [])]}
            checking={state.matchProblems === undefined}
            none={t('No problems found: every row can be read.')}
          />
        </>
      )}
    </Stack>
  );
}

function Reading({ file }: { readonly file: FileState }) {
  if (file.kind !== 'reading') return null;
  const share = file.bytes === 0 ? 100 : Math.min(100, Math.round((100 * file.bytesRead) / file.bytes));
  return (
    <Stack gap="xs">
      <Text role="status">{t('Reading {{name}}', { name: file.name })}</Text>
      <Progress value={share} aria-label={t('Reading the file')} />
    </Stack>
  );
}
