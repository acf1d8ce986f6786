import { Text } from '@mantine/core';
import type { Role } from '../../net/room-api.ts';
import { Notice } from '../ui/notice.tsx';

/** Id of the notice, for the fields that it is about. */
export const missingId = (role: Role) => `missing-${role}`;

/** What a step still needs, once the person wants to go on. */
export function MissingNotice({ role, sentences }: { readonly role: Role; readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div id={missingId(role)}>
      <Notice kind="error" title="Before you go on">
        {sentences.map((sentence) => (
          <Text key={sentence}>{sentence}</Text>
        ))}
      </Notice>
    </div>
  );
}
