import { Anchor, Text } from '@mantine/core';
import { Notice } from '../ui/notice.tsx';
import type { Keeping } from './use-kept-finish.ts';

/** Whether what a run ended with is kept, and where it is found. */
export function KeptLine({ keeping }: { readonly keeping: Keeping }) {
  switch (keeping) {
    case 'kept':
      return (
        <Text size="sm" c="dimmed" className="not-printed">
          Kept in this browser, encrypted, until you delete it:{' '}
          <Anchor href="#/" underline="always">
            Your runs
          </Anchor>
          .
        </Text>
      );
    case 'refused':
      return (
        <Notice kind="warning" title="This browser could not keep the result">
          Download it before you leave this page.
        </Notice>
      );
    default:
      return null;
  }
}
