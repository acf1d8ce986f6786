import { Text } from '@mantine/core';
import { t } from '../../words/translate.ts';
import { GLOSSARY, type GlossaryTerm } from './glossary.ts';

/** These terms, each with what it means. */
export function TermList({ terms }: { readonly terms: readonly GlossaryTerm[] }) {
  return (
    <dl className="terms">
      {terms.map((name) => (
        <div key={name}>
          <Text component="dt" fw={600}>
            {t(GLOSSARY[name].term)}
          </Text>
          <Text component="dd" ms={0}>
            {t(GLOSSARY[name].text)}
          </Text>
        </div>
      ))}
    </dl>
  );
}

/** The same, folded, beside where the terms are used. */
export function TermsHere({ terms }: { readonly terms: readonly GlossaryTerm[] }) {
  return (
    <details>
      <summary>{t('What these words mean')}</summary>
      <TermList terms={terms} />
    </details>
  );
}
