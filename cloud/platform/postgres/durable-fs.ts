import { fsyncSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { failure } from '../failure.ts'

type Stream = { readonly nfd?: number | null }
type StreamOps = { fsync?: (stream: Stream) => number }

/** PGlite's own parameters turn fsync off (-F); its default sync method, fdatasync, never reaches our hook. */
export const durableStartParams: readonly string[] = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  '-c',
  'wal_sync_method=fsync',
  '-c',
  'max_wal_size=128MB',
]

/**
 * PGlite's Node file system has no fsync: every acknowledged commit is lost with the power. This one has, in place
 * before PostgreSQL starts. `count` tells how often it ran, so that the caller can prove it does.
 */
export function createDurableFs(directory: string): { readonly fs: NodeFS; readonly count: () => number } {
  let count = 0
  const hook = (module: object): void => {
    streamOps(module).fsync = (stream) => {
      if (stream.nfd !== undefined && stream.nfd !== null) {
        fsyncSync(stream.nfd)
        count += 1
      }
      return 0
    }
  }
  class DurableNodeFs extends NodeFS {
    override async init(...[pg, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
      const made = await super.init(pg, options)
      const { emscriptenOpts } = made
      return { emscriptenOpts: { ...emscriptenOpts, preRun: [emscriptenOpts.preRun ?? [], hook].flat() } }
    }
  }
  return { fs: new DurableNodeFs(directory), count: () => count }
}

/** An internal of the pinned version 0.5.16, checked here and by a probe commit at every start. */
function streamOps(module: object): StreamOps {
  const found = 'NODEFS' in module ? module.NODEFS : undefined
  const isFs = typeof found === 'object' && found !== null && 'stream_ops' in found
  if (!isFs || typeof found.stream_ops !== 'object' || found.stream_ops === null) {
    throw failure('db-not-durable', 'this version of PGlite has no NODEFS.stream_ops to hook')
  }
  return found.stream_ops
}
