export namespace Door {
  export const a = 1
}
