import { Anchor, Text } from '@mantine/core';
import { t } from '../../words/translate.ts';
import { Notice } from '../ui/notice.tsx';
import { Sentence } from '../ui/sentence.tsx';
import type { Keeping } from './use-kept-finish.ts';

/** Whether what a run ended with is kept, and where it is found. */
export function KeptLine({ keeping }: { readonly keeping: Keeping }) {
  switch (keeping) {
    case 'kept':
      return (
        <Text size="sm" c="dimmed" className="not-printed">
          <Sentence
            english="Kept in this browser, encrypted, until you delete it: <a>Your runs</a>."
            elements={{ a: <Anchor href="#/" underline="always" /> }}
          />
        </Text>
      );
    case 'refused':
      return (
        <Notice kind="warning" title={t('This browser could not keep the result')}>
          {t('Download it before you leave this page.')}
        </Notice>
      );
    default:
      return null;
  }
}
