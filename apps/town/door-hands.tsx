import type { TownDoor } from '@holdfast/wire/town/town.ts'
import { useState, type ReactNode } from 'react'
import { Button } from '../kit/controls/ask/button.tsx'
import { Field } from '../kit/controls/ask/field.tsx'
import type { TownId } from '../kit/words/town/town-words.ts'
import { useWords } from '../kit/words/use-words.tsx'
import { askTown } from './use-town.ts'

/** A passer-by's hands on one door. */
export function DoorHands({ cabinet, door }: { readonly cabinet: string; readonly door: TownDoor }): ReactNode {
  const words = useWords<TownId>()
  const [thing, setThing] = useState('')
  const [refused, setRefused] = useState(false)
  const act = (name: string, what = thing): void => {
    void askTown('hand', { cabinet, label: door.label, act: name, thing: what }).then((done) => {
      setRefused(!done)
    })
  }
  const isOpen = door.leaf !== 'shut'
  return (
    <section className="town-card" aria-label={door.label}>
      <h3>{words.t('town.door', { label: door.label })}</h3>
      <p>{door.things.length === 0 ? words.t('town.empty') : door.things.join(' · ')}</p>
      {isOpen && (
        <>
          <Field label={words.t('town.thing')} value={thing} onChange={setThing} maxLength={80} optional />
          <div className="town-row">
            <Button kind="main" onPress={() => act('put', thing === '' ? words.t('town.aParcel') : thing)}>
              {words.t('town.put')}
            </Button>
            {door.things.map((inside) => (
              <Button key={inside} onPress={() => act('take', inside)}>
                {words.t('town.take', { thing: inside })}
              </Button>
            ))}
            <Button kind="main" onPress={() => act('push')}>
              {words.t('town.push')}
            </Button>
          </div>
        </>
      )}
      <div className="town-row">
        <Button size="small" onPress={() => act(door.jammed ? 'unjam' : 'jam')} pressed={door.jammed}>
          {words.t(door.jammed ? 'town.unjam' : 'town.jam')}
        </Button>
        {!isOpen && (
          <Button size="small" onPress={() => act('turn-key')}>
            {words.t('town.key')}
          </Button>
        )}
      </div>
      <p role="status">{refused ? words.t('town.refused') : ''}</p>
    </section>
  )
}
