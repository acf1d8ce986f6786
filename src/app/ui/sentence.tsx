import type { ReactElement } from 'react';
import { Trans } from 'react-i18next';
import { i18n, type Values } from '../../words/translate.ts';

interface SentenceProps<English extends string> {
  /** With elements as tags, `Read <a>the glossary</a>.`, and places as in `t`. */
  readonly english: English;
  readonly values?: Values<English>;
  /** An element for each tag. */
  readonly elements: Readonly<Record<string, ReactElement>>;
}

/** A sentence with elements inside, in the person's language. One without any is `t`'s. */
export function Sentence<const English extends string>({ english, values, elements }: SentenceProps<English>) {
  return <Trans i18n={i18n} i18nKey={english} defaults={english} values={values ?? {}} components={elements} />;
}
