import { useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { Staff } from '@holdfast/wire/http/people.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { valueOf } from '../cloud/ask.ts'
import { keys } from '../cloud/keys.ts'
import { createRecent } from '../cloud/recent.ts'
import { useLive } from '../cloud/use-live.ts'
import type { Choices } from './choices.ts'
import { Frame } from './frame/frame.tsx'
import { go, to, useRoute } from './route.ts'
import { Screen } from './screen.tsx'
import { Settings } from './frame/settings.tsx'
import { ShortcutsSheet, useShortcuts } from './frame/shortcuts.tsx'
import { DeskContext } from './use-desk.ts'

interface DeskProps {
  readonly client: Client
  readonly choices: Choices
  readonly choose: (change: Partial<Choices>) => void
}

type Over = 'nothing' | 'shortcuts' | 'settings'

/** A signed-in person's dashboard. */
export function Desk({ client, choices, choose }: DeskProps): ReactNode {
  const recent = useMemo(createRecent, [])
  const live = useLive(recent)
  const { data: me } = useQuery({
    queryKey: keys.me,
    queryFn: () => valueOf(client.get<Staff>('/v1/operator/me')),
    staleTime: 60_000,
  })
  const route = useRoute()
  const [over, setOver] = useState<Over>('nothing')
  const search = useRef<HTMLInputElement>(null)
  useShortcuts(
    {
      '/': () => search.current?.focus(),
      '?': () => setOver('shortcuts'),
      o: () => go(to.overview),
      p: () => go(to.parcels()),
      u: () => go(to.undelivered),
      h: () => go(to.house()),
    },
    choices.singleKeys,
  )
  const desk = useMemo(() => ({ client, me, live, recent }), [client, me, live, recent])
  const shut = (): void => setOver('nothing')
  return (
    <DeskContext value={desk}>
      <Frame
        route={route}
        search={search}
        onShortcuts={() => setOver('shortcuts')}
        onSettings={() => setOver('settings')}
      >
        <Screen route={route} />
      </Frame>
      <ShortcutsSheet
        open={over === 'shortcuts'}
        singleKeys={choices.singleKeys}
        onSingleKeys={(singleKeys) => choose({ singleKeys })}
        onClose={shut}
      />
      <Settings
        open={over === 'settings'}
        theme={choices.theme}
        choose={choose}
        onShortcuts={() => setOver('shortcuts')}
        onClose={shut}
      />
    </DeskContext>
  )
}
