import { extname } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { securityHeaders } from './headers.ts'
import type { Audience } from './route.ts'

export type AppFiles = {
  readonly directory: string
  /** For style libraries that write `<style>` elements at run time. */
  readonly inlineStyles?: boolean
}

const forever = 'public, max-age=31536000, immutable'

/** Serves one built app under /<audience>/. Files under assets/ carry a hash in their name and never change. */
export async function serveApp(
  server: FastifyInstance,
  audience: Audience,
  { files, missing }: { readonly files: AppFiles; readonly missing: (reply: FastifyReply) => FastifyReply },
): Promise<void> {
  const headers = securityHeaders(files.inlineStyles)
  const mount = async (scope: FastifyInstance): Promise<void> => {
    scope.addHook('onSend', async (_request, reply) => void reply.headers(headers))
    await scope.register(fastifyStatic, {
      root: files.directory,
      cacheControl: false,
      // The build lays `.br` and `.gz` beside each file: a phone on a slow network loads a third.
      preCompressed: true,
      setHeaders: (response, path) => {
        response.header('cache-control', /[\\/]assets[\\/]/.test(path) ? forever : 'no-cache')
      },
    })
    // A page of the app's own router: the app decides what it is. A missing file stays missing.
    scope.setNotFoundHandler(async (request, reply) => {
      const isPage = request.method === 'GET' && extname(request.url.split('?')[0] ?? '') === ''
      return isPage ? reply.sendFile('index.html') : missing(reply)
    })
  }
  await server.register(mount, { prefix: `/${audience}/` })
}
