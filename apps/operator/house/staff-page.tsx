import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { Colleague, StaffLink } from '@holdfast/wire/http/desk/staff.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Field } from '../../kit/controls/ask/field.tsx'
import { Sheet } from '../../kit/controls/sheet.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { keys } from '../cloud/keys.ts'
import { Moment } from '../desk/now.tsx'
import { Shown } from '../desk/shown.tsx'
import { useDesk } from '../desk/use-desk.ts'
import { Once, Refused } from './once.tsx'
import { useAct, useColleagues } from './use-house.ts'

const roles = ['viewer', 'dispatcher', 'technician', 'manager'] as const
type Role = (typeof roles)[number]

interface Made {
  readonly link: StaffLink
  readonly name: string
}

/** Colleagues: invited in a role, by a link that the manager hands on. */
export function StaffPage(): ReactNode {
  const { t } = useWords<OperatorId>()
  const { me } = useDesk()
  const asked = useColleagues(me?.role === 'manager')
  const [inviting, setInviting] = useState(false)
  const [link, setLink] = useState<Made>()
  if (me !== undefined && me.role !== 'manager') return <EmptyState icon="halt" title={t('house.managers')} />
  return (
    <>
      {link && (
        <div className="op-card" role="status">
          <p>{t('house.staff.link.what', { name: link.name })}</p>
          <Once label={t('house.staff.link')} text={welcomeAddress(link.link.token)} />
        </div>
      )}
      <div className="op-actions">
        <Button kind="main" icon="plus" onPress={() => setInviting(true)}>
          {t('house.staff.invite')}
        </Button>
      </div>
      <Shown asked={asked}>
        {({ pages }) => (
          <ul className="op-list">
            {pages
              .flatMap(({ items }) => items)
              .map((one) => (
                <Line key={one.staff} colleague={one} onLink={(made) => setLink({ link: made, name: one.name })} />
              ))}
          </ul>
        )}
      </Shown>
      {asked.hasNextPage && (
        <Button busy={asked.isFetchingNextPage} onPress={() => void asked.fetchNextPage()}>
          {t('operator.parcels.more')}
        </Button>
      )}
      <Invite
        open={inviting}
        onClose={() => setInviting(false)}
        onInvited={(made) => {
          setInviting(false)
          setLink(made)
        }}
      />
    </>
  )
}

/** Where the link leads: this very dashboard. */
export const welcomeAddress = (token: string): string => `${location.origin}${location.pathname}#/welcome/${token}`

function Line({
  colleague,
  onLink,
}: {
  readonly colleague: Colleague
  readonly onLink: (link: StaffLink) => void
}): ReactNode {
  const { t } = useWords<OperatorId>()
  const { me } = useDesk()
  const { staff, name, email, state, seenAt } = colleague
  const path = `/v1/operator/staff/${encodeURIComponent(staff)}`
  const change = useAct(keys.staff)
  const reset = useAct<StaffLink>(keys.staff, onLink)
  const active = state !== 'left'
  return (
    <li data-away={!active}>
      <div>
        <span className="op-strong">{name}</span>
        {me?.staff === staff && <small className="op-muted"> {t('house.staff.you')}</small>}
        <p className="op-muted">{email}</p>
        <Refused error={change.error ?? reset.error} />
      </div>
      <RoleSelect colleague={colleague} onRole={(role) => change.mutate({ path, method: 'PATCH', body: { role } })} />
      <span className="op-muted">
        {t(`house.staff.${state}`)} {state === 'active' && seenAt !== null && <Moment at={seenAt} only="ago" />}
      </span>
      <span className="op-actions">
        {active && (
          <Button size="small" busy={reset.isPending} onPress={() => reset.mutate({ path: `${path}/reset` })}>
            {t(state === 'invited' ? 'house.staff.again' : 'house.staff.reset')}
          </Button>
        )}
        <Button
          size="small"
          busy={change.isPending}
          onPress={() => change.mutate({ path, method: 'PATCH', body: { active: !active } })}
        >
          {t(active ? 'house.staff.letGo' : 'house.staff.back')}
        </Button>
      </span>
    </li>
  )
}

interface RoleSelectProps {
  readonly colleague: Colleague
  readonly onRole: (role: string) => void
}

function RoleSelect({ colleague: { name, role, state }, onRole }: RoleSelectProps): ReactNode {
  const { t } = useWords<OperatorId>()
  return (
    <label className="op-select">
      <span className="hf-hidden">{t('house.staff.roleOf', { name })}</span>
      <select value={role} disabled={state === 'left'} onChange={(event) => onRole(event.currentTarget.value)}>
        {roles.map((one) => (
          <option key={one} value={one}>
            {t(`operator.role.${one}`)}
          </option>
        ))}
      </select>
    </label>
  )
}

interface InviteProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onInvited: (made: Made) => void
}

function Invite({ open, onClose, onInvited }: InviteProps): ReactNode {
  const { t } = useWords<OperatorId>()
  return (
    <Sheet open={open} title={t('house.staff.invite')} onClose={onClose}>
      <InviteForm onInvited={onInvited} />
    </Sheet>
  )
}

function InviteForm({ onInvited }: Pick<InviteProps, 'onInvited'>): ReactNode {
  const { t } = useWords<OperatorId>()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('dispatcher')
  const [tried, setTried] = useState(false)
  const { mutate, isPending, error } = useAct<StaffLink>(keys.staff, (link) => onInvited({ link, name }))
  const isEmail = /^[^@\s]+@[^@\s]+$/.test(email.trim())
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (name.trim() === '' || !isEmail || isPending) return
    mutate({ path: '/v1/operator/staff', body: { name: name.trim(), email: email.trim(), role } })
  }
  return (
    <form className="op-form" onSubmit={submit} noValidate>
      <Field
        label={t('house.name')}
        value={name}
        onChange={setName}
        maxLength={80}
        autoFocus
        {...(tried && name.trim() === '' ? { error: t('house.name.wrong') } : {})}
      />
      <Field
        label={t('operator.signIn.email')}
        value={email}
        onChange={setEmail}
        type="email"
        maxLength={200}
        {...(tried && !isEmail ? { error: t('house.email.wrong') } : {})}
      />
      <RoleChoice role={role} onRole={setRole} />
      <Refused error={error} />
      <Button kind="main" submit busy={isPending}>
        {t('house.staff.invite.go')}
      </Button>
    </form>
  )
}

function RoleChoice({ role, onRole }: { readonly role: Role; readonly onRole: (role: Role) => void }): ReactNode {
  const { t } = useWords<OperatorId>()
  return (
    <fieldset className="op-roles">
      <legend>{t('house.staff.role')}</legend>
      {roles.map((one) => (
        <label key={one}>
          <input type="radio" name="role" checked={role === one} onChange={() => onRole(one)} />
          <span>
            <span className="op-strong">{t(`operator.role.${one}`)}</span>{' '}
            <span className="op-muted">{t(`house.role.${one}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
