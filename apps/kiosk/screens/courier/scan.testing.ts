import type { Expected } from '../expected.testing.ts'

/** Where the next label is waited for. */
export const scanning: Readonly<Record<string, Expected>> = {
  'scan-missed': {
    title: ['Scan a parcel', '请扫描快件', '택배를 스캔하세요'],
    buttons: ['Type the number', 'Take out 2', 'Done'],
    steps: ['More time'],
  },
  'scan-doubts': {
    title: ['Scan a parcel', '请扫描快件', '택배를 스캔하세요'],
    buttons: ['Type the number', 'Take out 2', 'Look into one door', 'Done'],
    steps: ['More time'],
  },
  'scan-undo': {
    title: ['Scan a parcel', '请扫描快件', '택배를 스캔하세요'],
    buttons: ['Type the number', 'Take out 2', 'Take the last one out again (A01)', 'Done'],
    steps: ['More time'],
  },
  'scan-typed': {
    title: ['Enter a parcel', '请录入快件', '택배를 등록하세요'],
    buttons: ['Type the number', 'Take out 2', 'Done'],
    steps: ['More time'],
  },
  'scan-unreadable': {
    title: ['Scan a parcel', '请扫描快件', '택배를 스캔하세요'],
    buttons: ['Type the number', 'Done'],
    steps: ['More time'],
  },
  scan: {
    title: ['Scan a parcel', '请扫描快件', '택배를 스캔하세요'],
    buttons: ['Type the number', 'Take out 2', 'Done'],
    steps: ['More time'],
  },
}
