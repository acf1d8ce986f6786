import { Text } from '@mantine/core';
import type { Role } from '../../net/room-api.ts';
import { t } from '../../words/translate.ts';
import { Notice } from '../ui/notice.tsx';

/** Id of the notice, for the fields that it is about. */
export const missingId = (role: Role) => `missing-${role}`;

/** What a step still needs, once the person wants to go on. */
export function MissingNotice({ role, sentences }: { readonly role: Role; readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <Notice kind="error" title={t('Before you go on')}>
      {/* Inside, since a description takes an alert's title for all that it says. */}
      <div id={missingId(role)}>
        {sentences.map((sentence) => (
          <Text key={sentence}>{sentence}</Text>
        ))}
      </div>
    </Notice>
  );
}
