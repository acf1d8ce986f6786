/** A project while it is written. */
import type { Audience, ResultType } from '../../linking/project.ts';
import { t } from '../../words/translate.ts';
import type { MyRole } from './open-project.ts';

export interface ProjectDraft {
  readonly name: string;
  readonly notes: string;
  readonly linkageSchema: string;
  readonly blockingSchema: string;
  readonly resultType: ResultType;
  readonly audience: Audience;
  readonly providers: number;
  readonly role: MyRole;
  readonly accepted: boolean;
}

export const EMPTY_DRAFT: ProjectDraft = {
  name: '',
  notes: '',
  linkageSchema: '',
  blockingSchema: '',
  resultType: 'groups',
  audience: 'everyone',
  providers: 2,
  role: 'provider',
  accepted: false,
};

/** What the form still needs, by field, in words that stand beside it. */
export type DraftProblems = Readonly<Partial<Record<'name' | 'linkageSchema', string>>>;

export function draftProblems({ name, linkageSchema }: ProjectDraft): DraftProblems {
  return {
    ...(name.trim() === '' && { name: t('Give the project a name.') }),
    ...(linkageSchema.trim() === '' && { linkageSchema: t('Write a linkage schema, or open one from a file.') }),
  };
}

/** Of a part of the form. */
export interface DraftProps {
  readonly draft: ProjectDraft;
  readonly problems: DraftProblems;
  onChange(part: Partial<ProjectDraft>): void;
}

/** What a select offers, of the names of its values, marked by `message`. */
export const optionsOf = <T extends string>(names: Readonly<Record<T, string>>) =>
  Object.entries<string>(names).map(([value, label]) => ({ value, label: t(label) }));
