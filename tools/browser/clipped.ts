import type { Page } from 'playwright-core'

/** Text that does not fit where it stands, and pages that stand wider than their window. */
export async function clippedText(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const isHidden = (element: Element): boolean =>
      element.closest('.hf-hidden, svg, [aria-hidden="true"]') !== null || element.getClientRects().length === 0
    const wide =
      document.documentElement.scrollWidth > innerWidth
        ? [`the page is ${document.documentElement.scrollWidth} wide`]
        : []
    const texts = [
      ...document.querySelectorAll<HTMLElement>('button, a, label, h1, h2, h3, p, strong, small, span, td, th, li'),
    ]
    const clipped = texts.filter((element) => {
      if (isHidden(element) || element.textContent?.trim() === '' || getComputedStyle(element).display === 'inline')
        return false
      const isCut = getComputedStyle(element).overflowX !== 'visible' || element.matches('button')
      const isTall = isCut && element.scrollHeight > element.clientHeight + 2
      return element.scrollWidth > element.clientWidth + 2 || isTall
    })
    return [
      ...wide,
      ...clipped.map(({ tagName, textContent }) => `${tagName.toLowerCase()} “${textContent?.trim()}” is cut`),
    ]
  })
}
