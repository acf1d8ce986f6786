import { List } from '@mantine/core';
import { missingCapabilities } from './capabilities.ts';
import { Notice } from './notice.tsx';

const missing = missingCapabilities();

/** Shown only where this browser cannot do what a run needs. */
export function CapabilityNotice() {
  if (missing.length === 0) return null;
  return (
    <Notice kind="error" title="This browser cannot run Blindjoin">
      <List>
        {missing.map((text) => (
          <List.Item key={text}>{text}</List.Item>
        ))}
      </List>
    </Notice>
  );
}
