import { Text } from '@mantine/core';
import type { NegotiationState } from '../../protocol/negotiation.ts';
import { t } from '../../words/translate.ts';
import { Notice } from '../ui/notice.tsx';

const nameOf = (build: string | undefined) => build ?? t('in development, without a digest');

/** Which code the two pages run; a warning where it is not the same. `other`: the other person's role in words. */
export function BuildLine({ builds, other }: { readonly builds: NegotiationState['builds']; readonly other: string }) {
  const { here, there } = builds;
  if (there === undefined) return null;
  if (there.digest !== here) {
    return (
      <Notice kind="warning" title={t('The two pages are not the same')}>
        <span style={{ overflowWrap: 'anywhere' }}>
          {t(
            'Yours is build {{here}}. The {{other}}’s is build {{there}}. Both have been told. Take the new version where a page offers one, or reload both pages; where they still differ, ask whoever serves them why before you agree.',
            { here: nameOf(here), other, there: nameOf(there.digest) },
          )}
        </span>
      </Notice>
    );
  }
  return (
    <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      {t('Both pages say that they run the same code: build {{build}}.', { build: nameOf(here) })}
    </Text>
  );
}
