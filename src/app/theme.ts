/** Colours and type: a deep teal on calm neutrals, the system's own fonts, every text at AA contrast. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const teal: MantineColorsTuple = [
  '#eef7f7',
  '#d9ecec',
  '#b0d8d9',
  '#84c3c5',
  '#5db0b3',
  '#3f9a9e',
  '#1f7f84',
  '#12696e',
  '#0f565a',
  '#0b4245',
];

/** Mantine's dark neutrals, turned a little towards the teal. */
const dark: MantineColorsTuple = [
  '#c9d3d6',
  '#b3bfc4',
  '#97a5ab',
  '#76858c',
  '#3d4b51',
  '#334046',
  '#222d32',
  '#182125',
  '#12191c',
  '#0d1315',
];

export const theme = createTheme({
  primaryColor: 'deepTeal',
  primaryShade: { light: 7, dark: 6 },
  colors: { deepTeal: teal, dark },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, monospace',
  defaultRadius: 'md',
  headings: { fontWeight: '650' },
  focusRing: 'auto',
  respectReducedMotion: true,
});

/** Mantine's dimmed, error and placeholder greys fall short of AA; these do not. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#4d5a63',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-placeholder': '#5c6770',
    '--mantine-color-body': '#fbfcfc',
    '--mantine-color-text': '#17262b',
    '--blindjoin-line': '#d5dee0',
    '--blindjoin-surface': '#ffffff',
    '--blindjoin-accent': '#12696e',
    '--blindjoin-warning': '#b26a00',
  },
  dark: {
    '--mantine-color-dimmed': '#b3bfc4',
    '--mantine-color-error': '#ff9a92',
    '--mantine-color-placeholder': '#9aa7ad',
    '--mantine-color-body': '#12191c',
    '--mantine-color-text': '#e4ebed',
    '--blindjoin-line': '#334046',
    '--blindjoin-surface': '#182125',
    '--blindjoin-accent': '#84c3c5',
    '--blindjoin-warning': '#e8a33d',
  },
});
