import { Anchor, Container, Loader, Stack, Text } from '@mantine/core';
import Markdown from 'markdown-to-jsx/react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { language, t } from '../../words/translate.ts';
import { Notice } from '../ui/notice.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { DOCUMENTS, type DocumentName, linkTarget } from './documents.ts';

/** One of the documents, as it stands in the project. */
export function DocumentPage({ name }: { readonly name: DocumentName }) {
  const { path } = DOCUMENTS[name];
  const title = t(DOCUMENTS[name].title);
  const [text, setText] = useState<string>();
  const [failed, setFailed] = useState(false);
  usePageTitle(title);
  useEffect(() => {
    DOCUMENTS[name].load().then(
      (document) => setText(document.default),
      () => setFailed(true),
    );
  }, [name]);
  const overrides = useMemo(
    () => ({
      a: { component: (props: LinkProps) => <DocumentLink {...props} from={path} /> },
      table: { component: WideTable },
      pre: { component: Listing },
    }),
    [path],
  );
  return (
    <Container size="lg" py={{ base: 'md', sm: 'xl' }}>
      <Stack gap="md" maw={860}>
        <Anchor href="#/help">{t('Help')}</Anchor>
        {language() !== 'en' && <Text c="dimmed">{t('This document is in English.')}</Text>}
        {failed && (
          <Notice kind="error" title={t('The document could not be loaded')}>
            {t('Reload the page to try again.')}
          </Notice>
        )}
        {text === undefined && !failed && <Loader role="status" aria-label={t('Loading')} />}
        {text !== undefined && (
          <div lang="en">
            <Markdown className="document" options={{ overrides, disableParsingRawHTML: true }}>
              {text}
            </Markdown>
          </div>
        )}
      </Stack>
    </Container>
  );
}

interface LinkProps {
  readonly href?: string;
  readonly children?: ReactNode;
}

function DocumentLink({ href = '', from, children }: LinkProps & { readonly from: string }) {
  const target = linkTarget(href, from);
  if (target === undefined) return <>{children}</>;
  return target.startsWith('#') ? (
    <Anchor href={target} underline="always">
      {children}
    </Anchor>
  ) : (
    <Anchor href={target} underline="always" rel="noopener noreferrer" target="_blank">
      {children}
    </Anchor>
  );
}

function WideTable({ children }: { readonly children?: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section style={{ overflowX: 'auto' }} tabIndex={0} aria-label={t('Table')}>
      <table>{children}</table>
    </section>
  );
}

function Listing({ children }: { readonly children?: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <pre style={{ overflowX: 'auto' }} tabIndex={0}>
      {children}
    </pre>
  );
}
