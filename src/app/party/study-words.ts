/** What a side says of the study: from the texts of its form to the agreement, and in sentences for both people. */
import { type Agreement, studiesOf } from '../../agreement/agreement.ts';
import { type Study, studySchema } from '../../agreement/study.ts';
import { checked } from '../../parsing/checked.ts';
import { dayWords } from '../../words/format.ts';
import { message, t } from '../../words/translate.ts';
import { quoted } from './plain-words.ts';
import { NO_STUDY, type StudyTexts } from './state.ts';

const FIELD_NAMES: Readonly<Record<keyof Study, string>> = {
  title: message('Study title'),
  purpose: message('Purpose'),
  organisation: message('Your organisation'),
  approval: message('Approval number'),
  until: message('Holds until'),
};

function filled(texts: StudyTexts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text]])),
  );
}

/** As the agreement has it; undefined where nothing is said, or where `studyMissing` asks for a change. */
export function studyOf(texts: StudyTexts): Study | undefined {
  const given = filled(texts);
  if (Object.keys(given).length === 0) return undefined;
  const read = checked(studySchema, given);
  return 'data' in read ? read.data : undefined;
}

/** What has to be changed before the texts can go into an agreement. */
export function studyMissing(texts: StudyTexts): string[] {
  return Object.entries(filled(texts)).flatMap(([name, text]) => {
    const field = name as keyof Study;
    return 'data' in checked(studySchema, { [field]: text })
      ? []
      : [t('Change “{{field}}”: it is no day, too long, or holds half a character.', { field: t(FIELD_NAMES[field]) })];
  });
}

export function textsOf(study: Study | undefined): StudyTexts {
  return { ...NO_STUDY, ...(study as Partial<StudyTexts> | undefined) };
}

/** Both sides' words, told apart where they differ; empty where nothing is said. */
export function studySentences(agreement: Agreement): string[] {
  const { owner, researcher } = studiesOf(agreement);
  const told = (name: string, of: (study: Study) => string | undefined) => {
    const [researchers, owners] = [researcher && of(researcher), owner && of(owner)];
    if (researchers === undefined && owners === undefined) return [];
    if (researchers === owners) return [t('{{name}}: {{said}}.', { name, said: researchers ?? '' })];
    return [
      ...(owners === undefined ? [] : [t('{{name}}, as the data owner says: {{said}}.', { name, said: owners })]),
      ...(researchers === undefined
        ? []
        : [t('{{name}}, as the researcher says: {{said}}.', { name, said: researchers })]),
    ];
  };
  const days = [owner?.until, researcher?.until].filter((day) => day !== undefined).sort();
  return [
    ...told(t('Study'), ({ title }) => title && quoted(title)),
    ...told(t('Purpose'), ({ purpose }) => purpose?.replace(/\.$/, '')),
    ...(researcher?.organisation
      ? [t('The researcher’s organisation: {{name}}.', { name: researcher.organisation })]
      : []),
    ...(owner?.organisation ? [t('The data owner’s organisation: {{name}}.', { name: owner.organisation })] : []),
    ...told(t('Approval'), ({ approval }) => approval),
    ...(days[0] === undefined
      ? []
      : [t('No run under this agreement begins after {{day}}.', { day: dayWords(new Date(days[0])) })]),
  ];
}
