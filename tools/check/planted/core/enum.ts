export enum Door {
  Shut,
}
