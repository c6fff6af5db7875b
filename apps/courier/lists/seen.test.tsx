import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { createClient } from '../../kit/cloud/client.ts'
import { useStage } from '../../kit/testing/stage.testing.ts'
import { useSeen } from './seen.ts'

describe('a list of the cloud on the courier’s phone', () => {
  const stage = useStage()
  let asked: string[]
  let inTunnel: boolean
  let cache: QueryClient
  const client = createClient({
    base: 'https://cloud.example',
    fetch: async (path) => {
      asked.push(path instanceof Request ? path.url : path.toString())
      if (inTunnel) throw new TypeError('no way there')
      return Response.json(`answer ${asked.length}`)
    },
  })

  function List({ path }: { readonly path: string }): ReactNode {
    const { good, failure } = useSeen<string>(client, path)
    return <p>{`${good?.value ?? 'nothing'}${failure === undefined ? '' : `, ${failure.kind}`}`}</p>
  }
  const draw = (path: string | undefined): Promise<void> =>
    stage.draw(
      <QueryClientProvider client={cache}>
        {path === undefined ? <p>elsewhere</p> : <List path={path} />}
      </QueryClientProvider>,
    )
  beforeEach(() => {
    asked = []
    inTunnel = false
    cache = new QueryClient()
  })

  it('is asked for again at once by whoever comes back to it, where it could not be had', async () => {
    inTunnel = true
    await draw('/deposits')
    expect(stage.text()).toBe('nothing, offline')
    await draw(undefined)
    inTunnel = false
    await draw('/deposits')
    expect(asked).toHaveLength(2)
    expect(stage.text()).toBe('answer 2')
  })

  it('is not asked for twice by two glances within two seconds, where it could', async () => {
    await draw('/deposits')
    await draw(undefined)
    await draw('/deposits')
    expect(asked).toHaveLength(1)
    await draw(undefined)
    await stage.after(2100)
    await draw('/deposits')
    expect(asked).toHaveLength(2)
  })
})
