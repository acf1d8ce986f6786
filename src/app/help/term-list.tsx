import { Text } from '@mantine/core';
import { GLOSSARY, type GlossaryTerm } from './glossary.ts';

/** These terms, each with what it means. */
export function TermList({ terms }: { readonly terms: readonly GlossaryTerm[] }) {
  return (
    <dl className="terms">
      {terms.map((name) => (
        <div key={name}>
          <Text component="dt" fw={600}>
            {GLOSSARY[name].term}
          </Text>
          <Text component="dd" ms={0}>
            {GLOSSARY[name].text}
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
      <summary>What these words mean</summary>
      <TermList terms={terms} />
    </details>
  );
}
