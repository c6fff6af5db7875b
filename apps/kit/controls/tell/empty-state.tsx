import './empty-state.css'
import type { ReactNode } from 'react'
import { Icon } from '../icon.tsx'
import type { IconName } from '../icon.tsx'

export interface EmptyStateProps {
  readonly icon?: IconName
  /** What is true: 'No parcels are waiting'. */
  readonly title: string
  /** What to do, or what will appear here. */
  readonly children?: ReactNode
  readonly action?: ReactNode
}

export function EmptyState({ icon = 'parcel', title, children, action }: EmptyStateProps): ReactNode {
  return (
    <div className="hf-empty">
      <Icon name={icon} size="3em" />
      <strong>{title}</strong>
      {children !== undefined && <div className="hf-empty-words">{children}</div>}
      {action}
    </div>
  )
}
