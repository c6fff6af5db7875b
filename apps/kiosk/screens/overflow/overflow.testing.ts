import type { Expected } from '../expected.testing.ts'

/** No door here fits the parcel in hand. */
export const overflow: Readonly<Record<string, Expected>> = {
  'size-asked': {
    title: ['The recipient was asked about “Library”', '已询问能否放“Library”', '‘Library’ 보관함을 물었습니다'],
    buttons: ['Damaged?', 'Weight off?', 'Next parcel'],
    steps: ['Back', 'More time', 'Stop'],
  },
  'size-elsewhere': {
    title: [
      'No door here fits. Another cabinet?',
      '本柜没有合适的空格口，改放另一台柜？',
      '여기에는 맞는 빈 칸이 없습니다. 다른 보관함은요?',
    ],
    buttons: [
      'Damaged?',
      'Weight off?',
      'Ask about “North Gate 2” right here · 20 m left of the entrance · 2 doors free for it',
      'Ask about “Library” about 200 m away · 1 door free for it',
      'Another size',
      'Next parcel',
    ],
    steps: ['Back', 'More time', 'Stop'],
  },
}
