import { Checkbox, NativeSelect, Stack, Text } from '@mantine/core';
import { message, t } from '../../words/translate.ts';
import { Notice } from '../ui/notice.tsx';
import type { MyRole } from './open-project.ts';
import { type DraftProps, optionsOf } from './project-draft.ts';

const ROLE_NAMES: Readonly<Record<MyRole, string>> = {
  provider: message('A data provider'),
  unit: message('The linkage unit'),
  both: message('A data provider and the linkage unit'),
};
const ROLE_WORDS = {
  provider: message(
    'This page makes the linkage secret and the links: for the other providers with the secret, for the linkage unit without it.',
  ),
  unit: message(
    'This page makes links for the providers, without a secret. The providers agree on a linkage secret among themselves and never tell you.',
  ),
  both: message(
    'This page makes the linkage secret and the links for the other providers, and compares the CLKs itself.',
  ),
} as const;

/** What the person who makes the project is in it. */
export function RoleFields({ draft: { role, accepted }, onChange }: Omit<DraftProps, 'problems'>) {
  return (
    <Stack gap="xs">
      <NativeSelect
        label={t('My role')}
        maw="26rem"
        value={role}
        data={optionsOf(ROLE_NAMES)}
        onChange={({ currentTarget: { value } }) => {
          const chosen = value === 'unit' || value === 'both' ? value : 'provider';
          onChange({ role: chosen, accepted: false });
        }}
      />
      <Text size="sm" c="dimmed" maw={720}>
        {t(ROLE_WORDS[role])}
      </Text>
      {role === 'both' && (
        <Notice kind="warning" title={t('A provider should not be the linkage unit')}>
          <Stack gap="sm">
            <Text>
              {t(
                'You would hold the secret and the CLKs of all other providers: enough to find out, by guessing, who their people are and much of what the linkage schema encodes about them. Do this only where you may see their data anyway, for example with test data.',
              )}
            </Text>
            <Checkbox
              label={t('I accept this, and the other providers know it')}
              checked={accepted}
              onChange={({ currentTarget: { checked } }) => onChange({ accepted: checked })}
            />
          </Stack>
        </Notice>
      )}
    </Stack>
  );
}
