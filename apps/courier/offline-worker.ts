import { createKeptApp } from '../kit/kept/keep-app.ts'

/** What a service worker hears, as far as it is used here: the compiler knows pages only. */
type Living = Event & { readonly waitUntil: (work: Promise<unknown>) => void }
type Asking = Living & { readonly request: Request; readonly respondWith: (answer: Promise<Response>) => void }

const isLiving = (event: Event): event is Living => 'waitUntil' in event
const isAsking = (event: Event): event is Asking => isLiving(event) && 'respondWith' in event

const opened = caches.open('holdfast.courier')
const app = createKeptApp({
  scope: new URL('./', location.href).href,
  kept: {
    match: async (address) => await (await opened).match(address),
    put: async (address, answer) => await (await opened).put(address, answer),
    delete: async (address) => await (await opened).delete(address),
  },
  fetch: async (address, how) => await fetch(address, how),
})

addEventListener('install', (event) => {
  if (isLiving(event)) event.waitUntil(app.keep())
})

addEventListener('fetch', (event) => {
  if (!isAsking(event)) return
  const answer = app.answer(event.request)
  if (answer === undefined) return
  event.respondWith(answer)
  // Best effort: without a network there is nothing newer.
  if (event.request.mode === 'navigate') event.waitUntil(answer.then(app.keep).catch(() => undefined))
})
