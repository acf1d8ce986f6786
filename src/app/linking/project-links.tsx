import { Stack, Text, Title } from '@mantine/core';
import { t } from '../../words/translate.ts';
import { LinkField } from '../ui/link-field.tsx';
import type { ProjectLink } from './open-project.ts';

interface ProjectLinksProps {
  readonly links: readonly ProjectLink[];
  /** The providers' links carry the linkage secret. */
  readonly withSecret: boolean;
}

function linkName({ to }: ProjectLink): string {
  return to === 'unit' ? t('Link for the linkage unit') : t('Link for provider {{number}}', { number: to });
}

/** The links to send, one for each other place in the room. */
export function ProjectLinks({ links, withSecret }: ProjectLinksProps) {
  return (
    <section className="panel" aria-label={t('Links')}>
      <Stack gap="md">
        <Title order={2} size="h3">
          {t('Links to send')}
        </Title>
        <Text maw={760}>
          {t('Each link is for one person, over a channel you trust, and opens a place in the room once.')}{' '}
          {withSecret
            ? t('The links of providers hold the linkage secret: never send one to the linkage unit.')
            : t('They hold no linkage secret: the providers agree on one among themselves, without you.')}{' '}
          {t('Keep this page open.')}
        </Text>
        {links.map((link) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
          <div role="group" aria-label={linkName(link)} key={link.to}>
            <LinkField label={linkName(link)} link={link.link} />
          </div>
        ))}
      </Stack>
    </section>
  );
}
