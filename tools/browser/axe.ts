import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds against WCAG 2.2 AA, one line a finding: rule, places, help. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  // Our screens have no frames of other origins: without them axe needs no second page to gather its findings in.
  // What passes is not gathered either: with it a look at a screen takes half as long again.
  // A page that has axe keeps it: the builder would bring half a megabyte of script twice for each look.
  const isThere = await page.evaluate(() => 'axe' in globalThis)
  const axe = new AxeBuilder({ page, ...(isThere && { axeSource: 'void 0' }) })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .withTags(wcag22aa)
  const { violations } = await axe.analyze()
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`,
  )
}

export async function expectNoAxeFindings(page: Page): Promise<void> {
  const findings = await axeFindings(page)
  if (findings.length > 0) throw new Error(`axe finds on ${page.url()}:\n${findings.join('\n')}`)
}
