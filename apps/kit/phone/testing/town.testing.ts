import { signInCodeRequest, signInRequest } from '@holdfast/wire/http/people.ts'
import { makeId } from '@holdfast/core/values/ids.ts'
import type { IdKind } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { accepted, refuses } from './cloud.testing.ts'
import type { FakeRoute } from './cloud.testing.ts'

let drawn = 0

export const anId = (kind: IdKind): string =>
  makeId(
    kind,
    instant(1_700_000_000_000),
    Uint8Array.from({ length: 10 }, (_, i) => (i === 9 ? ++drawn : 0)),
  )

export const hourMs = 3_600_000
export const now = (): number => Math.floor(Date.now() / 60_000) * 60_000

export const northGate = {
  cabinet: anId('cabinet'),
  name: '北门柜 1',
  siteName: '云栖小区北门',
  address: '杭州市西湖区云栖路 18 号',
  phone: '95338',
}
export const library = {
  cabinet: anId('cabinet'),
  name: 'City Library',
  siteName: 'City Library',
  address: '7 Lakeside Road',
  phone: '400-000-7788',
}

/** What every kiosk of the town shows: its nonce in the QR, the two digits beside it. */
export const kioskCode = `${northGate.cabinet}.${'ab12'.repeat(8)}`
export const kioskLink = `https://lockers.example/k#${kioskCode}`
export const kioskNumber = '47'
export const grant = '6BF53'.repeat(50)
export const messageCode = '246810'

const wrongCode = refuses(401, 'sign-in-code-wrong', {
  en: 'This code is not right. Look at the newest message.',
  zh: '验证码不正确，请查看最新一条短信。',
  ko: '인증번호가 맞지 않습니다. 가장 최근 문자를 확인해 주세요.',
})
const tooMany = refuses(429, 'codes-spent', {
  en: 'Too many codes for this number. Try again in an hour.',
  zh: '该号码获取验证码过于频繁，请一小时后再试。',
  ko: '이 번호로 너무 많이 요청했습니다. 한 시간 뒤 다시 시도해 주세요.',
})
const unreadable = refuses(400, 'phone-unreadable', {
  en: 'This phone number cannot be read. Check its digits.',
  zh: '无法识别该手机号，请检查号码。',
  ko: '휴대폰 번호를 확인해 주세요.',
})
export const numberWrong = refuses(409, 'number-wrong', {
  en: 'The two digits do not match the screen. Scan again and compare them.',
  zh: '两位数字与屏幕不符，请重新扫码核对。',
  ko: '두 자리 숫자가 화면과 다릅니다. 다시 스캔해 비교해 주세요.',
})

/** A number ending in 99 has asked for too many codes; one of less than eight characters is none. */
export const signInRoutes = (audience: 'courier' | 'recipient'): readonly FakeRoute[] => [
  {
    at: 'POST /v1/sign-in/codes',
    open: true,
    body: signInCodeRequest,
    handle: ({ body }) => {
      const phone = String(body['phone'])
      return phone.length < 8 ? unreadable : phone.endsWith('99') ? tooMany : accepted
    },
  },
  {
    at: 'POST /v1/sign-in',
    open: true,
    body: signInRequest,
    handle: ({ body }) => (body['code'] === messageCode ? { status: 200, body: {}, cookie: 'yes' } : wrongCode),
  },
  { at: `POST /v1/${audience}/sign-out`, handle: () => ({ status: 204, cookie: '; Max-Age=0' }) },
]
