/** JSON may carry NUL and lone surrogates; no column of a PostgreSQL takes them. Where the first stands, as a pointer. */
export function unstorable(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return /\0|\p{Surrogate}/u.test(value) ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, item] of Object.entries(value)) {
    const found = unstorable(item, `${path}/${key}`)
    if (found !== undefined) return found
  }
  return undefined
}
