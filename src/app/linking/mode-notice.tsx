import { t } from '../../words/translate.ts';
import { Notice } from '../ui/notice.tsx';

/** Said where the mode is chosen: what it protects, and what it does not. */
export function ModeNotice() {
  return (
    <Notice kind="warning" title={t('This protects people less than encrypted statistics do')}>
      {t(
        'Records become CLKs (cryptographic long-term keys): rows of bits that cannot be read back, but that are similar where people are similar. Whoever holds both the linkage secret and the CLKs can test guesses about people. Even without the secret, frequent bits and similarities can give people away: such attacks are published. So the linkage unit must not know the secret, and must not work for a provider. If a table of counts and averages is all you need, use “I have a list” and “I hold the data” on the start page instead.',
      )}
    </Notice>
  );
}
