import { Container, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface TitledPageProps {
  readonly title: string;
  /** What the page is for, in a sentence or a few. */
  readonly about: string;
  readonly children: ReactNode;
}

/** A page of one purpose, said at its top. */
export function TitledPage({ title, about, children }: TitledPageProps) {
  return (
    <Container size="lg" py={{ base: 'md', sm: 'xl' }}>
      <Stack gap="lg">
        <Stack gap="xs" maw={760}>
          <Title order={1} size="h2">
            {title}
          </Title>
          <Text c="dimmed">{about}</Text>
        </Stack>
        {children}
      </Stack>
    </Container>
  );
}
