import type { Page } from 'playwright-core'

/**
 * Text that stands on the edge of the framed box around it, as where a card has lost its padding: nearer than 3 px to
 * the inside of a line on its left or its right. Lines that frame no box on all four sides are left alone.
 */
export async function crampedText(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const isFramed = (element: Element): boolean => {
      const { borderTopWidth, borderRightWidth, borderBottomWidth, borderLeftWidth } = getComputedStyle(element)
      return [borderTopWidth, borderRightWidth, borderBottomWidth, borderLeftWidth].every((px) => parseFloat(px) >= 1)
    }
    const frameOf = (element: Element | null): Element | null =>
      // A sheet stands above the page, wherever it was written.
      element === null || isFramed(element) || element.matches('dialog') ? element : frameOf(element.parentElement)
    const isHidden = (element: Element): boolean =>
      element.closest('.hf-hidden, svg, caption, dialog:not([open]), [aria-hidden="true"]') !== null
    const cramped: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const frame = frameOf(node.parentElement)
      if (frame === null || node.parentElement === null || isHidden(node.parentElement)) continue
      const { left, right } = frame.getBoundingClientRect()
      const { borderLeftWidth, borderRightWidth } = getComputedStyle(frame)
      const words = document.createRange()
      words.selectNodeContents(node)
      const isOut = [...words.getClientRects()].some(
        (at) =>
          at.width > 1 &&
          (at.left < left + parseFloat(borderLeftWidth) + 3 || at.right > right - parseFloat(borderRightWidth) - 3),
      )
      if (isOut) cramped.push(`“${node.textContent?.trim()}” stands on an edge`)
    }
    return cramped
  })
}

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
