/** What of a browser's `Cache` is needed: whole answers by their address. */
export interface KeptAnswers {
  readonly match: (address: string) => Promise<Response | undefined>
  readonly put: (address: string, answer: Response) => Promise<void>
  readonly delete: (address: string) => Promise<boolean>
}

export interface AppPorts {
  /** Where the app lives, with a slash at its end. */
  readonly scope: string
  readonly kept: KeptAnswers
  readonly fetch: (address: string, how?: RequestInit) => Promise<Response>
}

export interface KeptApp {
  /** Takes over what the server has now: all of it or nothing. */
  readonly keep: () => Promise<void>
  /** Undefined: none of this app's files; the browser asks for it as ever. */
  readonly answer: (asked: Pick<Request, 'method' | 'url'>) => Promise<Response> | undefined
}

/** A server that says nothing for so long is taken for none. */
const patienceMs = 4_000
const list = 'assets.json'
const page = 'index.html'

/** An app that is there without any network: its files by the build's own list, the page last. */
export function createKeptApp({ scope, kept, fetch }: AppPorts): KeptApp {
  const fresh = async (file: string): Promise<Response> => {
    const answer = await fetch(scope + file, { cache: 'no-cache' })
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`)
    return answer
  }
  const keepFile = async (file: string): Promise<void> => {
    if ((await kept.match(scope + file)) === undefined) await kept.put(scope + file, await fresh(file))
  }
  const keep = async (): Promise<void> => {
    const listed = await (await fresh(list)).text()
    const before = (await (await kept.match(scope + list))?.text()) ?? '[]'
    if (listed === before) return
    const [files, former] = [filesOf(listed), filesOf(before)]
    await Promise.all(files.filter((file) => file !== page).map(keepFile))
    const html = await fresh(page)
    const wanted = [...(await html.clone().text()).matchAll(/assets\/[\w.-]+/g)].map(([name]) => name)
    // A page newer than the list: the next turn takes both.
    if (wanted.some((name) => !files.includes(name))) return
    await kept.put(scope + page, html)
    // A page that is open now may still ask for parts of the former version: only what both lack goes.
    const older = filesOf((await (await kept.match(`${scope}former.json`))?.text()) ?? '[]')
    const gone = older.filter((file) => !files.includes(file) && !former.includes(file))
    await Promise.all(gone.map((file) => kept.delete(scope + file)))
    await kept.put(`${scope}former.json`, new Response(before))
    await kept.put(scope + list, new Response(listed))
  }
  const pageNow = async (url: string): Promise<Response> => {
    const old = await kept.match(scope + page)
    if (old === undefined) return await fetch(url)
    const asked = fetch(url, { signal: AbortSignal.timeout(patienceMs) })
    const answer = await asked.catch(() => undefined)
    return answer === undefined || answer.status >= 500 ? old : answer
  }
  const fileNow = async (url: string): Promise<Response> => (await kept.match(url)) ?? (await fetch(url))
  return {
    keep,
    answer: ({ method, url }) => {
      const path = url.startsWith(scope) ? url.slice(scope.length).replace(/[?#].*$/, '') : undefined
      if (method !== 'GET' || path === undefined) return undefined
      if (path === page || !path.includes('.')) return pageNow(url)
      return path.startsWith('assets/') ? fileNow(url) : undefined
    },
  }
}

function filesOf(text: string): readonly string[] {
  const read: unknown = JSON.parse(text)
  return Array.isArray(read) ? read.filter((file) => typeof file === 'string') : []
}
