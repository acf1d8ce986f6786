/** What a side says of the study: from the texts of its form to the agreement, and in sentences for both people. */
import { type Agreement, studiesOf } from '../../agreement/agreement.ts';
import { type Study, studySchema } from '../../agreement/study.ts';
import { checked } from '../../parsing/checked.ts';
import { NO_STUDY, type StudyTexts } from './state.ts';

const FIELD_NAMES: Readonly<Record<keyof Study, string>> = {
  title: 'Study title',
  purpose: 'Purpose',
  organisation: 'Your organisation',
  approval: 'Approval number',
  until: 'Holds until',
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
      : [`Change “${FIELD_NAMES[field]}”: it is no day, too long, or holds half a character.`];
  });
}

export function textsOf(study: Study | undefined): StudyTexts {
  return { ...NO_STUDY, ...(study as Partial<StudyTexts> | undefined) };
}

const DAY_WORDS = 'No run under this agreement begins after';

/** Both sides' words, told apart where they differ; empty where nothing is said. */
export function studySentences(agreement: Agreement): string[] {
  const { owner, researcher } = studiesOf(agreement);
  const told = (name: string, of: (study: Study) => string | undefined) => {
    const [researchers, owners] = [researcher && of(researcher), owner && of(owner)];
    if (researchers === undefined && owners === undefined) return [];
    if (researchers === owners) return [`${name}: ${researchers}.`];
    return [
      ...(owners === undefined ? [] : [`${name}, as the data owner says: ${owners}.`]),
      ...(researchers === undefined ? [] : [`${name}, as the researcher says: ${researchers}.`]),
    ];
  };
  const days = [owner?.until, researcher?.until].filter((day) => day !== undefined).sort();
  return [
    ...told('Study', ({ title }) => title && `“${title}”`),
    ...told('Purpose', ({ purpose }) => purpose?.replace(/\.$/, '')),
    ...(researcher?.organisation ? [`The researcher’s organisation: ${researcher.organisation}.`] : []),
    ...(owner?.organisation ? [`The data owner’s organisation: ${owner.organisation}.`] : []),
    ...told('Approval', ({ approval }) => approval),
    ...(days[0] === undefined ? [] : [`${DAY_WORDS} ${days[0]}.`]),
  ];
}
