import { Stack, Text } from '@mantine/core';
import { numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import type { FoundProblems } from './encoding-run.ts';
import { Notice } from './notice.tsx';
import { ScrollTable } from './scroll-table.tsx';

const SHOWN = 200;

/** What is wrong with a table, value by value. */
export function DataProblems({ found: { problems, total } }: { readonly found: FoundProblems }) {
  const shown = problems.slice(0, SHOWN);
  return (
    <Stack gap="sm">
      <Notice
        kind="error"
        title={
          total === 1
            ? t('One problem in the data')
            : t('{{problems}} problems in the data', { problems: numberWords(total) })
        }
      >
        {t(
          'Nothing was encoded. Correct the values, or relax the schema where it is stricter than the data; without the check, values that can be encoded in spite of them are encoded as they are.',
        )}
      </Notice>
      <ScrollTable
        label={t('Problems')}
        heads={[t('Row'), t('Column'), t('Value'), t('What is wrong and what to do')]}
        figures={[0]}
        maxHeight={420}
        rows={shown.map(({ row, column, value, message }, i) => ({
          key: `${i}`,
          cells: [
            row === undefined ? '' : numberWords(row),
            column ?? '',
            value === '' ? t('(empty)') : (value ?? ''),
            message,
          ],
        }))}
      />
      {total > shown.length && (
        <Text size="sm" c="dimmed">
          {t('The first {{shown}} of {{total}} are shown. Rows count from 1, without the header.', {
            shown: shown.length,
            total: numberWords(total),
          })}
        </Text>
      )}
    </Stack>
  );
}
