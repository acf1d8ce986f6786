import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { isFirefox } from './browsers.ts';

/** As narrow as a phone, and as wide as a desk; each in the other color scheme, since colors do not depend on the width. */
const LOOKS = [
  { width: 360, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
] as const;

/**
 * What axe finds on the page as it stands, narrow and wide, dark and light; and that it never scrolls sideways. In Firefox, where
 * axe takes minutes and a page keeps to one colour scheme, that alone.
 */
export async function violations(page: Page, where: string): Promise<string[]> {
  const found: string[] = [];
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  for (const { width, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height: 900 });
    if (!isFirefox(page)) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    }
    // Charts take a moment to follow the window.
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: `${where}, page width` })
      .toBeLessThanOrEqual(width);
    if (isFirefox(page)) continue;
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, help, nodes } of violations) {
      found.push(`${where}, ${width} px, ${colorScheme}: ${id}, ${help}: ${nodes.map((n) => n.html).join(' | ')}`);
    }
  }
  return found;
}
