import { List } from '@mantine/core';
import { t } from '../../words/translate.ts';
import { missingCapabilities, type Task } from './capabilities.ts';
import { Notice } from './notice.tsx';

/** Shown only where this browser cannot do what the page is for: a run, unless said otherwise. */
export function CapabilityNotice({ task = 'run' }: { readonly task?: Task }) {
  const missing = missingCapabilities(task);
  if (missing.length === 0) return null;
  return (
    <Notice kind="error" title={t('This browser cannot run Blindjoin')}>
      <List>
        {missing.map((text) => (
          <List.Item key={text}>{text}</List.Item>
        ))}
      </List>
    </Notice>
  );
}
