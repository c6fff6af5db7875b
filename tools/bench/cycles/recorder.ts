/** SQL as a client sent it: the text with `$1…`, and its parameters as literals. */
export interface Statement {
  readonly text: string
  readonly literals: readonly string[]
}

/** What was committed together; a statement outside a transaction is one by itself. */
export interface Transaction {
  readonly begin: string | null
  readonly statements: readonly Statement[]
}

export interface Sent extends Transaction {
  /** When its end was sent, by a clock that all processes of a machine share. */
  readonly sentAt: number
}

export interface Recorder {
  /** Every query of every session, before it is sent. */
  note(session: object, asked: unknown): void
  /** Statements since the start, those that begin and end transactions included. */
  count(): number
  /** From now on transactions are kept. */
  start(): void
  /** Those that ended since `start`, in the order of their ends. */
  take(): readonly Sent[]
}

/** Listens where the cloud speaks to PostgreSQL. What rolls back is left out: it changed nothing. */
export function createRecorder(now: () => number): Recorder {
  const open = new WeakMap<object, { begin: string; statements: Statement[] }>()
  let count = 0
  let kept: Sent[] | undefined
  const note = (session: object, asked: unknown): void => {
    const { text, values } = readAsked(asked)
    count += 1
    if (kept === undefined) return
    const transaction = open.get(session)
    if (/^begin\b/i.test(text)) {
      open.set(session, { begin: text, statements: [] })
    } else if (/^(commit|rollback)\b/i.test(text)) {
      open.delete(session)
      if (transaction !== undefined && /^commit/i.test(text)) kept.push({ sentAt: now(), ...transaction })
    } else {
      const statement = { text, literals: values.map(literalOf) }
      if (transaction === undefined) kept.push({ sentAt: now(), begin: null, statements: [statement] })
      else transaction.statements.push(statement)
    }
  }
  return {
    note,
    count: () => count,
    start: () => {
      kept = []
    },
    take: () => {
      const taken = kept ?? []
      kept = undefined
      return taken
    },
  }
}

/** What several processes recorded, in the order in which it was sent. */
export const inOrder = (recorded: readonly (readonly Sent[])[]): readonly Transaction[] =>
  recorded.flat().toSorted((one, other) => one.sentAt - other.sentAt)

function readAsked(asked: unknown): { readonly text: string; readonly values: readonly unknown[] } {
  if (typeof asked === 'string') return { text: asked, values: [] }
  if (typeof asked !== 'object' || asked === null || !('text' in asked)) throw new Error('a query without text')
  const values = 'values' in asked && Array.isArray(asked.values) ? asked.values : []
  return { text: String(asked.text), values }
}

/** Untyped, as the wire carries parameters: the statement says what they are. */
export function literalOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (value instanceof Uint8Array) return quoted(`\\x${Buffer.from(value).toString('hex')}`)
  if (Array.isArray(value)) return quoted(`{${value.map((item) => JSON.stringify(String(item))).join(',')}}`)
  if (typeof value === 'string') return quoted(value)
  return quoted(typeof value === 'bigint' ? value.toString() : JSON.stringify(value))
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
