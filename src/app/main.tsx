import '../parsing/jitless.ts';
import { MantineProvider } from '@mantine/core';
import '@mantine/core/styles.css';
import './app.css';
import './print.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { speakAsBefore } from './language.ts';
import { keepApp } from './offline/kept-app.ts';
import { cssVariables, theme } from './theme.ts';
import { installTrustedTypes } from './trusted-types.ts';
import { preparePrints } from './ui/print-page.ts';

installTrustedTypes();
preparePrints(document);
// After the page is there: what is kept may not make the first visit wait.
addEventListener('load', () => void keepApp());

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with id "root"');
await speakAsBefore();
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <App />
    </MantineProvider>
  </StrictMode>,
);
