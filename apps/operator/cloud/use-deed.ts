import { useRef } from 'react'
import { useMutation } from '@tanstack/react-query'
import { randomKey } from '../../kit/cloud/client.ts'

interface Deed<Value, Asked> {
  readonly mutationFn: (asked: Asked) => Promise<Value>
  readonly onSuccess?: (value: Value) => void
}

/**
 * One deed of a person at a time. `isPending` is drawn a moment after the press: a second press that comes before it,
 * from a trembling finger or on a slow computer, does nothing.
 */
export function useDeed<Value, Asked = void>({ mutationFn, onSuccess }: Deed<Value, Asked>) {
  const isGoing = useRef(false)
  const { mutate, ...mutation } = useMutation({
    mutationFn,
    ...(onSuccess ? { onSuccess } : {}),
    onSettled: () => {
      isGoing.current = false
    },
  })
  return {
    ...mutation,
    mutate: (asked: Asked): void => {
      if (isGoing.current) return
      isGoing.current = true
      mutate(asked)
    },
  }
}

/** The idempotency key of a wish: asked again after a lost answer it is the same, and another wish has another. */
export function useKeys(): (wish: unknown) => string {
  const keys = useRef(new Map<string, string>())
  return (wish) => {
    const text = JSON.stringify(wish)
    const key = keys.current.get(text) ?? randomKey()
    keys.current.set(text, key)
    return key
  }
}
