import { Anchor, Container, List, Loader, Stack, Text, Title } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { language, message, t } from '../../words/translate.ts';
import { Sentence } from '../ui/sentence.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { DOCUMENT_NAMES, DOCUMENTS, documentFragment, documentOf } from './documents.ts';
import { GLOSSARY, type GlossaryTerm } from './glossary.ts';
import { TermList } from './term-list.tsx';

/** By the alphabet of the person's language. */
function sortedTerms(): GlossaryTerm[] {
  const words = (name: GlossaryTerm) => t(GLOSSARY[name].term);
  return (Object.keys(GLOSSARY) as GlossaryTerm[]).sort((one, other) => words(one).localeCompare(words(other)));
}

const STEPS = [
  message('Each of you chooses a file on your own computer. It stays there.'),
  message(
    'Each says what the columns are for. Names and dates find people; the data owner also says what to group by and what to average.',
  ),
  message('The data owner sets the rules: the smallest group that may be released, and which figures.'),
  message(
    'One of you makes a room and sends its link. When the other has opened it, four words appear on both screens. Read them to each other over the phone.',
  ),
  message(
    'Both read one agreement, and both agree. The browsers then exchange encrypted numbers, and the researcher gets one table.',
  ),
] as const;

const ANSWERS = [
  {
    title: message('What leaves my computer?'),
    text: message(
      'No row, no name and no key. The other browser gets the agreement and encrypted numbers. The line below every step says how much has been sent.',
    ),
  },
  {
    title: message('What if the connection is lost, or I reload the page?'),
    text: message(
      'A run waits and goes on by itself. If the other person does not come back, end it; nothing is released before the very end.',
    ),
  },
  {
    title: message('Where are my results?'),
    text: message(
      'On the start page, under “Your runs”, in the browser in which you made them. They are encrypted there, and stay until you delete them.',
    ),
  },
  {
    title: message('How sure are the matches?'),
    text: message(
      'The result says how many of them the model takes for right, and how many people it takes to have been missed. Nobody knows who is who, so both are estimates.',
    ),
  },
  {
    title: message('What if the words differ?'),
    text: message('Somebody is intercepting the connection. Decline, and send the link of a new room in another way.'),
  },
] as const;

const DocumentPage = lazy(() => import('./document-page.tsx').then((m) => ({ default: m.DocumentPage })));

/** The help, or one of the documents. */
export function HelpPage({ document }: { readonly document: string | undefined }) {
  const name = documentOf(document);
  if (name === undefined) return <Help />;
  return (
    <Suspense fallback={<Loader m="xl" role="status" aria-label={t('Loading')} />}>
      <DocumentPage name={name} />
    </Suspense>
  );
}

/** How a run goes, what people ask, and what words mean. */
function Help() {
  usePageTitle(t('Help'));
  return (
    <Container size="lg" py={{ base: 'md', sm: 'xl' }}>
      <Stack gap="xl" maw={760}>
        <Title order={1} size="h2">
          {t('Help')}
        </Title>
        <HelpSection id="help-steps" title={t('How a run goes')}>
          <List type="ordered" spacing={4}>
            {STEPS.map((step) => (
              <List.Item key={step}>{t(step)}</List.Item>
            ))}
          </List>
          <Text mt="sm">
            <Sentence
              english="The <a>sample</a> plays all of this in one window, on made-up people."
              elements={{ a: <Anchor href="#/sample" /> }}
            />
          </Text>
        </HelpSection>
        <HelpSection id="help-questions" title={t('Questions')}>
          <Stack gap="sm">
            {ANSWERS.map(({ title, text }) => (
              <div key={title}>
                <Title order={3} size="h5">
                  {t(title)}
                </Title>
                <Text>{t(text)}</Text>
              </div>
            ))}
          </Stack>
        </HelpSection>
        <HelpSection id="help-words" title={t('Words')}>
          <TermList terms={sortedTerms()} />
        </HelpSection>
        <HelpSection id="help-documents" title={t('Documents')}>
          {language() !== 'en' && <Text mb="xs">{t('The documents are in English.')}</Text>}
          <List spacing={4}>
            {DOCUMENT_NAMES.map((name) => (
              <List.Item key={name}>
                <Anchor href={documentFragment(name)}>{t(DOCUMENTS[name].title)}</Anchor>
              </List.Item>
            ))}
          </List>
        </HelpSection>
      </Stack>
    </Container>
  );
}

interface HelpSectionProps {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}

function HelpSection({ id, title, children }: HelpSectionProps) {
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h4" id={id} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}
