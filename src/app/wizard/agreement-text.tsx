import { List, Stack, Text, Title } from '@mantine/core';
import type { Agreement } from '../../agreement/agreement.ts';
import { agreementClauses } from '../party/plain.ts';

interface AgreementTextProps {
  readonly agreement: Agreement;
  readonly hash: string | undefined;
}

/** The agreement as both people read it. */
export function AgreementText({ agreement, hash }: AgreementTextProps) {
  return (
    <Stack gap="md">
      {agreementClauses(agreement).map(({ title, sentences }) => (
        <div key={title}>
          <Title order={4} size="h5" mb={4}>
            {title}
          </Title>
          <List spacing={4} style={{ overflowWrap: 'anywhere' }}>
            {sentences.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        </div>
      ))}
      {hash !== undefined && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          Fingerprint of this agreement (SHA-256): {hash}
        </Text>
      )}
    </Stack>
  );
}
