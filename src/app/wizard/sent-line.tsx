import { Text } from '@mantine/core';
import { t } from '../../words/translate.ts';
import type { PartyState } from '../party/state.ts';
import { megabytes } from '../party/time-left.ts';

/** In a few words, all that has left this computer. */
export function sentWords({
  agreementSent,
  run,
  traffic,
}: Pick<PartyState, 'agreementSent' | 'run' | 'traffic'>): string {
  const ran = run.kind === 'running' || run.kind === 'result' || run.kind === 'outcome';
  if (ran || (agreementSent && traffic.bytesSent > 100_000)) {
    return t('the agreement and ciphertexts, {{size}}', { size: megabytes(traffic.bytesSent) });
  }
  return agreementSent ? t('the agreement') : t('nothing');
}

export function SentLine({ state }: { readonly state: PartyState }) {
  return (
    <Text size="sm" c="dimmed" className="figures">
      {t('What has left this computer so far: {{sent}}.', { sent: sentWords(state) })}
    </Text>
  );
}
