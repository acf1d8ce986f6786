import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './notice.module.css';

interface NoticeProps {
  readonly kind: 'error' | 'warning' | 'info';
  readonly title?: string;
  readonly children: ReactNode;
}

/** A message beside the place it is about. Errors are announced at once (role `alert`), others when the reader gets there. */
export function Notice({ kind, title, children }: NoticeProps) {
  return (
    <Alert
      role={kind === 'error' ? 'alert' : 'note'}
      variant="default"
      title={title}
      data-kind={kind}
      classNames={{ root: classes.root, body: classes.body, title: classes.title, message: classes.message }}
    >
      {children}
    </Alert>
  );
}
