import { useRef } from 'react'
import { useMutation } from '@tanstack/react-query'

interface Deed<Value, Asked> {
  readonly mutationFn: (asked: Asked) => Promise<Value>
  readonly onSuccess?: (value: Value) => void
}

/**
 * One deed of a person at a time. `isPending` is drawn a moment after the press: a second press that comes before it,
 * from a trembling finger or on a slow computer, does nothing. One after a lost answer is the client's to recognise.
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
