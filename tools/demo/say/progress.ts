/** Where progress is shown: one line that changes on a terminal, plain lines elsewhere. */
export interface Progress {
  /** Begins a step; the step before it must have ended. */
  begin(what: string): Step
  /** A line of its own, whatever is under way. */
  say(line: string): void
}

export interface Step {
  update(detail: string): void
  done(detail?: string): void
  failed(detail: string): void
}

export interface Screen {
  readonly isTTY: boolean
  /** Characters in a line. */
  readonly columns: number
  write(text: string): void
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const frameMs = 100
const clearLine = '\r\u001B[2K'

export function createProgress(screen: Screen, now: () => number): Progress {
  let redraw = (): void => {}
  let clear = (): void => {}
  const say = (line: string): void => {
    clear()
    screen.write(`${line}\n`)
    redraw()
  }
  const begin = (what: string): Step => {
    const began = now()
    let detail = ''
    let frame = 0
    const seconds = (): string => `${((now() - began) / 1000).toFixed(1)} s`
    const end = (mark: string, words: string): void => {
      clearInterval(timer)
      redraw = () => {}
      clear()
      clear = () => {}
      screen.write(`${mark} ${what}${words === '' ? '' : ` · ${words}`} (${seconds()})\n`)
    }
    if (screen.isTTY) {
      redraw = () => {
        const line = `${frames[frame % frames.length]} ${what}${detail === '' ? '' : ` · ${detail}`} ${seconds()}`
        screen.write(`${clearLine}${line.slice(0, screen.columns - 1)}`)
      }
      clear = () => screen.write(clearLine)
    }
    const timer = screen.isTTY
      ? setInterval(() => {
          frame += 1
          redraw()
        }, frameMs)
      : undefined
    redraw()
    return {
      update: (next) => {
        detail = next
        if (!screen.isTTY) screen.write(`  ${what} · ${next}\n`)
        redraw()
      },
      done: (words = '') => end('✓', words),
      failed: (words) => end('✗', words),
    }
  }
  return { begin, say }
}
