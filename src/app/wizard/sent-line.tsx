import { Text } from '@mantine/core';
import type { PartyState } from '../party/state.ts';
import { megabytes } from '../party/time-left.ts';

/** In a few words, all that has left this computer. */
export function sentWords({
  agreementSent,
  run,
  traffic,
}: Pick<PartyState, 'agreementSent' | 'run' | 'traffic'>): string {
  const ran = run.kind === 'running' || run.kind === 'result' || run.kind === 'outcome';
  if (ran) return `the agreement and ciphertexts, ${megabytes(traffic.bytesSent)}`;
  if (!agreementSent) return 'nothing';
  return traffic.bytesSent > 100_000
    ? `the agreement and ciphertexts, ${megabytes(traffic.bytesSent)}`
    : 'the agreement';
}

export function SentLine({ state }: { readonly state: PartyState }) {
  return (
    <Text size="sm" c="dimmed" className="figures">
      What has left this computer so far: {sentWords(state)}.
    </Text>
  );
}
