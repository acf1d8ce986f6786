import { Button, Container, Stack } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { t } from '../../words/translate.ts';
import { CapabilityNotice } from './capability-notice.tsx';
import { Notice } from './notice.tsx';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly failed: boolean;
}

/** In place of a page that could not be loaded or drawn: what to do, rather than nothing. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Container size="lg" py={{ base: 'md', sm: 'xl' }}>
        <Stack gap="lg" align="start">
          <CapabilityNotice />
          <Notice kind="error" title={t('This page could not be shown')}>
            {t(
              'A part of it could not be loaded, or failed. Blindjoin may have been updated meanwhile: load the page anew.',
            )}
          </Notice>
          <Button onClick={() => location.reload()}>{t('Load the page anew')}</Button>
        </Stack>
      </Container>
    );
  }
}
