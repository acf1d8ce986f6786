import { Text } from '@mantine/core';
import { numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { fewValued } from '../party/few-values.ts';
import type { PartyState } from '../party/state.ts';
import { Notice } from '../ui/notice.tsx';

/** Which columns to average tell more than the minimum promises, and what to do about it. */
export function FewValuesNotice({ state }: { readonly state: PartyState }) {
  const columns = fewValued(state);
  if (columns.length === 0) return null;
  return (
    <Notice kind="warning" title={t('Sums can count few people')}>
      {columns.map(({ name, values }) => (
        <Text key={name}>
          {t(
            '“{{name}}” has {{values}} different values: its figures tell how many people of a group have each of them, also where they are fewer than the minimum.',
            { name, values: numberWords(values) },
          )}
        </Text>
      ))}
      <Text>{t('To keep small counts sealed, group by such a column instead of averaging it, or add noise.')}</Text>
    </Notice>
  );
}
