import { Anchor, Container, List, Loader, Stack, Text, Title } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { usePageTitle } from '../ui/use-page-title.ts';
import { DOCUMENT_NAMES, DOCUMENTS, documentFragment, documentOf } from './documents.ts';
import { GLOSSARY, type GlossaryTerm } from './glossary.ts';
import { TermList } from './term-list.tsx';

const TERMS = (Object.keys(GLOSSARY) as GlossaryTerm[]).sort((one, other) =>
  GLOSSARY[one].term.localeCompare(GLOSSARY[other].term),
);

const STEPS = [
  'Each of you chooses a file on your own computer. It stays there.',
  'Each says what the columns are for. Names and dates find people; the data owner also says what to group by and what to average.',
  'The data owner sets the rules: the smallest group that may be released, and which figures.',
  'One of you makes a room and sends its link. When the other has opened it, four words appear on both screens. Read them to each other over the phone.',
  'Both read one agreement, and both agree. The browsers then exchange encrypted numbers, and the researcher gets one table.',
] as const;

const ANSWERS = [
  {
    title: 'What leaves my computer?',
    text: 'No row, no name and no key. The other browser gets the agreement and encrypted numbers. The line below every step says how much has been sent.',
  },
  {
    title: 'What if the connection is lost, or I reload the page?',
    text: 'A run waits and goes on by itself. If the other person does not come back, end it; nothing is released before the very end.',
  },
  {
    title: 'Where are my results?',
    text: 'On the start page, under “Your runs”, in the browser in which you made them. They are encrypted there, and stay until you delete them.',
  },
  {
    title: 'How sure are the matches?',
    text: 'The result says how many of them the model takes for right, and how many people it takes to have been missed. Nobody knows who is who, so both are estimates.',
  },
  {
    title: 'What if the words differ?',
    text: 'Somebody is intercepting the connection. Decline, and send the link of a new room in another way.',
  },
] as const;

const DocumentPage = lazy(() => import('./document-page.tsx').then((m) => ({ default: m.DocumentPage })));

/** The help, or one of the documents. */
export function HelpPage({ document }: { readonly document: string | undefined }) {
  const name = documentOf(document);
  if (name === undefined) return <Help />;
  return (
    <Suspense fallback={<Loader m="xl" role="status" aria-label="Loading" />}>
      <DocumentPage name={name} />
    </Suspense>
  );
}

/** How a run goes, what people ask, and what words mean. */
function Help() {
  usePageTitle('Help');
  return (
    <Container size="lg" py={{ base: 'md', sm: 'xl' }}>
      <Stack gap="xl" maw={760}>
        <Title order={1} size="h2">
          Help
        </Title>
        <HelpSection id="help-steps" title="How a run goes">
          <List type="ordered" spacing={4}>
            {STEPS.map((step) => (
              <List.Item key={step}>{step}</List.Item>
            ))}
          </List>
          <Text mt="sm">
            The <Anchor href="#/sample">sample</Anchor> plays all of this in one window, on made-up people.
          </Text>
        </HelpSection>
        <HelpSection id="help-questions" title="Questions">
          <Stack gap="sm">
            {ANSWERS.map(({ title, text }) => (
              <div key={title}>
                <Title order={3} size="h5">
                  {title}
                </Title>
                <Text>{text}</Text>
              </div>
            ))}
          </Stack>
        </HelpSection>
        <HelpSection id="help-words" title="Words">
          <TermList terms={TERMS} />
        </HelpSection>
        <HelpSection id="help-documents" title="Documents">
          <List spacing={4}>
            {DOCUMENT_NAMES.map((name) => (
              <List.Item key={name}>
                <Anchor href={documentFragment(name)}>{DOCUMENTS[name].title}</Anchor>
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
