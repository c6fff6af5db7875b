import type { Templates } from './words.ts'

export const ko: Templates = {
  'sign-in-code': {
    subject: '로그인 인증번호',
    text: '로그인 인증번호는 {code}입니다. {minutes}분 동안 유효합니다. 누구에게도 알려 주지 마세요. 저희는 묻지 않습니다.',
  },
  stored: {
    subject: '택배가 보관함에 도착했습니다',
    text: '택배가 {cabinet}({address}) {door}번 칸에 있습니다. 수령 코드: {code}. 보관 기한: {until}. 불만 접수: {complaintPhone}.',
  },
  overdue: {
    subject: '아직 찾지 않은 택배가 있습니다',
    text: '택배가 아직 {cabinet}({address}) {door}번 칸에 있습니다. 수령 코드: {code}. 곧 찾지 않으시면 택배 기사가 회수합니다. 불만 접수: {complaintPhone}.',
  },
  'consent-asked': {
    subject: '보관함에 넣어도 될까요?',
    text: '{carrier}에서 끝번호 {tail} 택배를 {cabinet}({address})에 보관하려고 합니다. 동의하시면 "동의" 또는 Y, 원하지 않으시면 "거절" 또는 N으로 답해 주세요. 답이 없으면 넣지 않습니다. 불만 접수: {complaintPhone}.',
  },
  recalled: {
    subject: '택배가 회수되었습니다',
    text: '택배 기사가 {cabinet}({address})에서 택배를 회수했습니다. 수령 코드는 더 이상 사용할 수 없습니다. 문의: {complaintPhone}.',
  },
}
