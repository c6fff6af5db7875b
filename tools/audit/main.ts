import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { type Ask, audit, describeVerdict } from './audit.ts'

// npm run audit -- --url https://cloud.example     HOLDFAST_EMAIL and HOLDFAST_PASSWORD: any member of staff.
const at = process.argv.indexOf('--url')
const url = at < 0 ? undefined : process.argv[at + 1]
const { HOLDFAST_EMAIL: email, HOLDFAST_PASSWORD: password } = process.env
if (url === undefined || !URL.canParse(url) || email === undefined || password === undefined) {
  console.error('usage: HOLDFAST_EMAIL=… HOLDFAST_PASSWORD=… npm run audit -- --url https://cloud.example')
  process.exit(64)
}

try {
  const verdict = await audit(await signIn(url, { email, password }), createNodeSeals(), (line) => console.error(line))
  for (const line of describeVerdict(verdict)) console.log(line)
  const { cabinets, entries, laws, violations } = verdict
  const broken = laws.filter((law) => law.broken > 0).map(({ law }) => law)
  console.log(JSON.stringify({ name: 'audit', cabinets, entries, violations: violations.length, broken }))
  process.exitCode = violations.length > 0 ? 1 : 0
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}

async function signIn(base: string, who: { readonly email: string; readonly password: string }): Promise<Ask> {
  const headers = { 'content-type': 'application/json' }
  const entered = await fetch(new URL('/v1/operator/sign-in', base), {
    method: 'POST',
    headers,
    body: JSON.stringify(who),
  })
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0]
  if (!entered.ok || cookie === undefined) throw new Error(`the sign-in was answered with ${entered.status}`)
  return async (path) => {
    const reply = await fetch(new URL(path, base), { headers: { cookie } })
    if (!reply.ok) throw new Error(`${path} was answered with ${reply.status}`)
    return await reply.json()
  }
}
