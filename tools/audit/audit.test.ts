import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { openTown, seals, staffPassword, type Town } from '@holdfast/cloud/journeys/town.testing.ts'
import { eventually } from '@holdfast/cloud/cabinets/cabinets.testing.ts'
import { goodDay } from '@holdfast/simulator/history/history.testing.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ask, audit, describeVerdict } from './audit.ts'

/** `npm run audit` as a process of its own, against the town at a port. */
async function runProgram(town: Town, password: string) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const { cookie } = request.headers
      const given = {
        ...(text === '' ? {} : { body: JSON.parse(text) as object }),
        headers: cookie === undefined ? {} : { cookie },
      }
      void town.call(request.url ?? '', given).then(({ status, headers, body }) => {
        const cookies = headers['set-cookie']
        response.writeHead(status, typeof cookies === 'string' ? { 'set-cookie': cookies } : {}).end(body)
      })
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const script = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, '--url', `http://127.0.0.1:${port}`], {
    // oxlint-disable-next-line node/no-process-env -- the program's own.
    env: { ...process.env, HOLDFAST_EMAIL: 'manager@town.example', HOLDFAST_PASSWORD: password },
  })
  const said: string[] = []
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  await once(child, 'close')
  server.close()
  return { code: child.exitCode, last: said.join('').trim().split('\n').at(-1) ?? '' }
}

describe('an audit of a real cloud', () => {
  let town: Town
  let ask: Ask
  let elsewhere: Ask
  const said: string[] = []
  const judge = async (by: Ask = ask) => await audit(by, seals, (line) => said.push(line))

  beforeAll(async () => {
    town = await openTown('memory')
    const askAs =
      (headers: Readonly<Record<string, string>>): Ask =>
      async (path) => {
        const reply = await town.call(path, { headers })
        if (reply.status !== 200) throw new Error(`${path} was answered with ${reply.status}`)
        return JSON.parse(reply.body) as unknown
      }
    const staff = await town.addStaff('Town')
    const viewer = await town.addStaff('Town', 'viewer', staff.operator)
    const { script } = await town.install(staff.operator)
    ask = askAs(viewer.headers)
    elsewhere = askAs((await town.addStaff('Elsewhere')).headers)
    // More than one page.
    script.write(...goodDay)
    const switches = Array.from({ length: 500 }, (_, n) => ({
      type: 'serviceSwitchTurned',
      closed: n % 2 === 0,
      at: 400_000 + n,
    }))
    script.write(...(switches as unknown as typeof goodDay))
    const length = goodDay.length + switches.length
    await script.sendFacts()
    await eventually(() => script.acks.some(({ watermark }) => watermark === length))
  })
  afterAll(async () => await town.close())

  it('finds every law kept, page after page, and says how much it looked at', async () => {
    const verdict = await judge()
    expect(verdict.violations).toEqual([])
    expect(verdict).toMatchObject({ cabinets: 1, entries: goodDay.length + 500 })
    expect(said.join()).toContain(`${goodDay.length + 500} entries`)
    expect(describeVerdict(verdict).join('\n')).toMatch(/law {2}8 {2}kept, \d{3} claims/u)
    expect(describeVerdict(verdict).join('\n')).toContain('law  9  not judged, 0 claims (no money yet)')
  })

  it('is a program that says all in its last line and its exit code', { timeout: 60_000 }, async () => {
    const { code, last } = await runProgram(town, staffPassword)
    expect(JSON.parse(last)).toMatchObject({ name: 'audit', cabinets: 1, violations: 0, broken: [] })
    expect(code).toBe(0)
    expect(await runProgram(town, 'not the password')).toEqual({ code: 2, last: '' })
  })

  it('sees nothing of another operator (law 11)', async () => {
    expect(await judge(elsewhere)).toMatchObject({ cabinets: 0, entries: 0 })
  })

  it(
    'names an entry that was edited in the database, and one that was taken out (law 8)',
    { timeout: 60_000 },
    async () => {
      await town.rows(`update cabinet_fact set entry = replace(entry, '"boot":1', '"boot":9') where seq = 12`)
      const edited = await judge()
      expect(edited.violations.map(({ says }) => says).join()).toContain('12')
      expect(describeVerdict(edited).join('\n')).toContain('law  8  BROKEN')
      await town.rows(`delete from cabinet_fact where seq = 20`)
      expect((await judge()).violations.map(({ says }) => says)).toContain('21 follows 19')
      const { code, last } = await runProgram(town, staffPassword)
      expect([code, JSON.parse(last)]).toEqual([1, expect.objectContaining({ broken: [8] })])
    },
  )

  it('does not take an answer that it does not know for a kept law', async () => {
    await expect(judge(async () => ({ items: [{}] }))).rejects.toThrow('not one that this program knows')
    const strange: Ask = async (path) => (path.endsWith('cabinets') ? await ask(path) : { pages: [] })
    await expect(judge(strange)).rejects.toThrow('journal of')
  })
})
