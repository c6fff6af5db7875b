/** A line that a page tells its reader to type, and the heading that it stands under. */
export interface Command {
  readonly under: string
  readonly line: string
}

const programs = /^(?:git|cd|npm|npx|curl|mkdir|[A-Z_]+=\S+ npm) /

/** Of the page's code blocks, in their order; notes behind `#` are the reader's, not the shell's. */
export function commandsIn(page: string): readonly Command[] {
  const found: Command[] = []
  let under = ''
  let inBlock = false
  for (const text of page.split('\n')) {
    if (text.startsWith('```')) inBlock = !inBlock
    else if (!inBlock && text.startsWith('#')) under = text.replace(/^#+ /, '')
    else if (inBlock && programs.test(text)) found.push({ under, line: text.replace(/\s+# .*$/, '') })
  }
  return found
}
