import { Anchor, Container, Group, Loader } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { t } from '../words/translate.ts';
import { ColorSchemeButton } from './color-scheme-button.tsx';
import { LanguageButtons } from './language-buttons.tsx';
import { PageNews } from './offline/page-news.tsx';
import { Home } from './pages/home.tsx';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { parseRoute, useFragment } from './ui/route.ts';
import { useLanguage } from './ui/use-language.ts';

const WizardPage = lazy(() => import('./pages/wizard-page.tsx').then((m) => ({ default: m.WizardPage })));
const WorkbenchPage = lazy(() => import('./workbench/workbench-page.tsx').then((m) => ({ default: m.WorkbenchPage })));
const LinkingPage = lazy(() => import('./linking/linking-page.tsx').then((m) => ({ default: m.LinkingPage })));
const ServicePage = lazy(() => import('./service/service-page.tsx').then((m) => ({ default: m.ServicePage })));
const RunPage = lazy(() => import('./runs/run-page.tsx').then((m) => ({ default: m.RunPage })));
const HelpPage = lazy(() => import('./help/help-page.tsx').then((m) => ({ default: m.HelpPage })));
const SamplePage = lazy(() => import('./pages/sample-page.tsx').then((m) => ({ default: m.SamplePage })));

function pageFor(fragment: string): ReactNode {
  const { page, roomFragment, run, document } = parseRoute(fragment);
  switch (page) {
    case 'home':
      return <Home />;
    case 'researcher':
    case 'owner':
      return <WizardPage key={page} role={page} roomFragment={roomFragment} />;
    case 'run':
      return <RunPage key={fragment} id={run} />;
    case 'help':
      return <HelpPage key={fragment} document={document} />;
    case 'sample':
      return <SamplePage />;
    case 'workbench':
      return <WorkbenchPage />;
    case 'service':
      return <ServicePage />;
    case 'linking':
      return <LinkingPage key={fragment} fragment={fragment} />;
  }
}

export function App() {
  const fragment = useFragment();
  useLanguage();
  return (
    <>
      <button type="button" className="skip-link" onClick={skipToMain}>
        {t('Skip to the content')}
      </button>
      <header className="page-header">
        <Container size="lg" py="sm">
          <Group justify="space-between" gap="xs">
            <Anchor href="#/" className="brand" underline="never">
              <img src="/icon.svg" alt="" width={28} height={28} />
              Blindjoin
            </Anchor>
            <Group gap="md">
              <Anchor href="#/help" target="_blank" rel="noopener" className="help-link">
                {t('Help')}
                <span className="unseen"> {t('(new tab)')}</span>
              </Anchor>
              <LanguageButtons />
              <ColorSchemeButton />
            </Group>
          </Group>
        </Container>
      </header>
      <PageNews />
      <main id="main" tabIndex={-1} style={{ outline: 'none' }}>
        <ErrorBoundary key={parseRoute(fragment).page}>
          <Suspense fallback={<Loader m="xl" role="status" aria-label={t('Loading')} />}>{pageFor(fragment)}</Suspense>
        </ErrorBoundary>
      </main>
    </>
  );
}

/** A link to `#main` would be a route, so this moves the focus itself. */
function skipToMain(): void {
  document.getElementById('main')?.focus();
}
