/** The documents that the app serves with itself. They are in English. */
import { message } from '../../words/translate.ts';

interface HelpDocument {
  readonly title: string;
  readonly path: string;
  load(): Promise<{ readonly default: string }>;
}

export const DOCUMENTS = {
  security: {
    title: message('What is secret from whom'),
    path: 'SECURITY.md',
    load: () => import('../../../SECURITY.md?raw'),
  },
  protocol: {
    title: message('The protocol'),
    path: 'docs/protocol.md',
    load: () => import('../../../docs/protocol.md?raw'),
  },
  statistics: {
    title: message('Statistics of the table'),
    path: 'docs/statistics.md',
    load: () => import('../../../docs/statistics.md?raw'),
  },
  quality: {
    title: message('How well people are found'),
    path: 'docs/quality.md',
    load: () => import('../../../docs/quality.md?raw'),
  },
  performance: {
    title: message('Time, bytes and memory'),
    path: 'docs/performance.md',
    load: () => import('../../../docs/performance.md?raw'),
  },
  linking: {
    title: message('Linking by CLKs'),
    path: 'docs/linking.md',
    load: () => import('../../../docs/linking.md?raw'),
  },
  glossary: {
    title: message('Glossary of the documents'),
    path: 'docs/glossary.md',
    load: () => import('../../../docs/glossary.md?raw'),
  },
  hosting: { title: message('Hosting'), path: 'docs/hosting.md', load: () => import('../../../docs/hosting.md?raw') },
} as const satisfies Readonly<Record<string, HelpDocument>>;

export type DocumentName = keyof typeof DOCUMENTS;

export const DOCUMENT_NAMES = Object.keys(DOCUMENTS) as DocumentName[];

export const documentFragment = (name: DocumentName) => `#/help?doc=${name}`;

export function documentOf(name: string | undefined): DocumentName | undefined {
  return DOCUMENT_NAMES.find((known) => known === name);
}

/** Where a link in the document at `from` leads: to a document that is served, to the web, or nowhere. */
export function linkTarget(href: string, from: string): string | undefined {
  if (/^https?:\/\//.test(href)) return href;
  if (href.startsWith('#')) return undefined;
  const { pathname } = new URL(href, `https://here.example/${from}`);
  const name = DOCUMENT_NAMES.find((known) => `/${DOCUMENTS[known].path}` === pathname);
  return name && documentFragment(name);
}
