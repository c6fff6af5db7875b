import type { Templates } from './words.ts'

export const zh: Templates = {
  'sign-in-code': {
    subject: '登录验证码',
    text: '登录验证码 {code}，{minutes} 分钟内有效。请勿告知他人，我们不会向您索要。',
  },
  stored: {
    subject: '您的快件已入柜',
    text: '您的快件已放入{cabinet}（{address}）{door} 号格口，取件码 {code}，保管至 {until}。投诉电话：{complaintPhone}。',
  },
  overdue: {
    subject: '您的快件尚未取走',
    text: '您的快件仍在{cabinet}（{address}）{door} 号格口，取件码 {code}。请尽快取件，否则将由快递员取回。投诉电话：{complaintPhone}。',
  },
  'consent-asked': {
    subject: '是否同意快件入柜？',
    text: '{carrier}拟将您尾号 {tail} 的快件放入{cabinet}（{address}）。回复“同意”或 Y 接受，回复“拒收”或 N 拒绝；未答复不会入柜。投诉电话：{complaintPhone}。',
  },
  recalled: {
    subject: '您的快件已被取回',
    text: '快递员已从{cabinet}（{address}）取回您的快件，原取件码已失效。如有疑问请致电：{complaintPhone}。',
  },
}
