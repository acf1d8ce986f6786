import { Stack, Text, Title } from '@mantine/core';
import { LinkField } from '../ui/link-field.tsx';
import type { ProjectLink } from './open-project.ts';

interface ProjectLinksProps {
  readonly links: readonly ProjectLink[];
  /** The providers' links carry the linkage secret. */
  readonly withSecret: boolean;
}

/** The links to send, one for each other place in the room. */
export function ProjectLinks({ links, withSecret }: ProjectLinksProps) {
  return (
    <section className="panel" aria-label="Links">
      <Stack gap="md">
        <Title order={2} size="h3">
          Links to send
        </Title>
        <Text maw={760}>
          Each link is for one person, over a channel you trust, and opens a place in the room once.{' '}
          {withSecret
            ? 'The links of providers hold the linkage secret: never send one to the linkage unit.'
            : 'They hold no linkage secret: the providers agree on one among themselves, without you.'}{' '}
          Keep this page open.
        </Text>
        {links.map((link) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
          <div role="group" aria-label={`Link for ${link.to}`} key={link.to}>
            <LinkField label={`Link for ${link.to}`} link={link.link} />
          </div>
        ))}
      </Stack>
    </section>
  );
}
