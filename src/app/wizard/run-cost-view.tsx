import { List, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { Agreement } from '../../agreement/agreement.ts';
import type { Role } from '../../net/room-api.ts';
import { runCost } from '../../protocol/run-cost.ts';
import { t } from '../../words/translate.ts';
import { costSentences, costWarnings } from '../party/cost-words.ts';
import { deviceMemoryBytes } from '../ui/capabilities.ts';
import { Notice } from '../ui/notice.tsx';

/** Beside the agreement and no part of it: what the run it describes will take, on these two files. */
export function RunCostView({ agreement, role }: { readonly agreement: Agreement; readonly role: Role }) {
  const cost = useMemo(() => runCost(agreement, Math.max(1, navigator.hardwareConcurrency - 1)), [agreement]);
  return (
    <Stack gap="xs">
      <Title order={3} size="h4">
        {t('What the run will take')}
      </Title>
      <List spacing={4}>
        {costSentences(cost, role).map((sentence) => (
          <List.Item key={sentence} className="figures">
            {sentence}
          </List.Item>
        ))}
      </List>
      {costWarnings(cost, role, deviceMemoryBytes()).map((warning) => (
        <Notice key={warning} kind="warning" title={t('This may be too much for this browser')}>
          <Text>{warning}</Text>
        </Notice>
      ))}
    </Stack>
  );
}
