import { Stack, Text, Title } from '@mantine/core';
import { judgeLinks, type LinkQuality } from '../../quality/linkage-quality.ts';
import { type ResultFile, readResultFile } from '../../quality/result-file.ts';
import { fixedWords, numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { FilePicker, JSON_FILES } from '../ui/file-picker.tsx';
import { fileText } from '../ui/file-text.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { ScrollTable } from '../ui/scroll-table.tsx';
import { useJob } from '../ui/use-job.ts';
import type { Quality } from './quality-run.ts';

interface Judged {
  readonly name: string;
  readonly type: ResultFile['type'];
  readonly quality: LinkQuality;
}

/** A result that was made elsewhere, held to the same truth. */
export function ForeignResult({ quality: { truthNames, linkable } }: { readonly quality: Quality }) {
  const job = useJob<Judged>();
  const judge = (file: File) =>
    job.start(async ({ report }) => {
      report(t('Reading {{file}}', { file: file.name }));
      const { type, pairs } = readResultFile(await fileText(file));
      return { name: file.name, type, quality: judgeLinks(pairs, truthNames, linkable) };
    });
  return (
    <Stack gap="md">
      <Title order={3} size="h4">
        {t('A result made elsewhere')}
      </Title>
      <FilePicker
        label={t('Result file')}
        description={t('Groups, a mapping or similarity scores of these two files')}
        accept={JSON_FILES}
        onFile={judge}
      />
      <JobStatus job={job} name={t('Reading the result')} failure={t('The result could not be read')} />
      {job.state.kind === 'done' && <Figures judged={job.state.value} />}
    </Stack>
  );
}

function holdsWords(name: string, type: ResultFile['type']): string {
  if (type === 'groups') return t('“{{name}}” holds groups.', { name });
  if (type === 'mapping') return t('“{{name}}” holds mapping.', { name });
  return t('“{{name}}” holds similarity scores.', { name });
}

function Figures({ judged: { name, type, quality } }: { readonly judged: Judged }) {
  const { found, correct, precision, recall, f1 } = quality;
  return (
    <>
      <Text role="status" style={{ overflowWrap: 'anywhere' }}>
        {holdsWords(name, type)}
      </Text>
      <ScrollTable
        label={t('Quality of the result file')}
        heads={[t('Links'), t('Right'), t('Precision'), t('Recall'), 'F1']}
        figures={[0, 1, 2, 3, 4]}
        rows={[
          {
            key: name,
            cells: [
              numberWords(found),
              numberWords(correct),
              fixedWords(precision, 4),
              fixedWords(recall, 4),
              fixedWords(f1, 4),
            ],
          },
        ]}
      />
    </>
  );
}
