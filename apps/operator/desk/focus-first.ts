/** As a form's `ref`: its first field or choice has the focus as soon as the sheet around it is open. */
export function focusFirst(form: HTMLFormElement | null): void {
  if (form === null) return
  requestAnimationFrame(() => form.querySelector<HTMLElement>('input, button')?.focus())
}
