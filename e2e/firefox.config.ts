import { defineConfig } from '@playwright/test';
import shared from './playwright.config.ts';
import { launchOptions } from './support/browsers.ts';
import type { OtherSide } from './support/test.ts';

const firefox = { browserName: 'firefox', launchOptions: launchOptions('firefox') } as const;
const chromium = { browserName: 'chromium', launchOptions: launchOptions('chromium') } as const;

/** The same app and the tests tagged `@firefox`, in a Firefox as it is published; those tagged `@mixed` between it and Chromium. */
export default defineConfig<object, OtherSide>({
  ...shared,
  projects: [
    { name: 'both in Firefox', grep: /@firefox/, use: firefox },
    { name: 'the researcher in Firefox', grep: /@mixed/, use: { ...firefox, otherSide: chromium } },
    { name: 'the data owner in Firefox', grep: /@mixed/, use: { ...chromium, otherSide: firefox } },
  ],
});
