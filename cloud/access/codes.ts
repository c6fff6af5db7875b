import type { CarriedAskRefusal } from '../cabinets/facts.ts'
import { type CodeTable, say } from '@holdfast/wire/codes/messages.ts'

export type AccessRefusal =
  | 'kiosk-unknown'
  | 'too-many-scans'
  | 'not-employed'
  | 'nothing-waiting'
  | 'handover-gone'
  | 'no-kiosk-session'
  | 'cabinet-not-reached'
  | 'picture-not-read'
  | 'screen-taken'
  | 'screen-works'
  | 'key-unreadable'
  | CarriedAskRefusal

export const accessCodes = {
  'kiosk-unknown': {
    status: 404,
    ...say(
      'This is not the screen of one of our cabinets. Scan the code on the kiosk.',
      '这不是本平台柜机的二维码，请扫描柜机屏幕。',
      '저희 보관함 화면의 코드가 아닙니다. 키오스크의 QR 코드를 스캔하세요.',
    ),
  },
  'too-many-scans': {
    status: 429,
    ...say(
      'Too many requests in a short time. Wait a minute, then scan again.',
      '操作过于频繁，请一分钟后重新扫码。',
      '짧은 시간에 요청이 너무 많습니다. 1분 뒤에 다시 스캔하세요.',
    ),
  },
  'not-employed': {
    status: 403,
    ...say(
      'You do not work for this carrier today. Choose another one, or ask your outlet.',
      '您目前不属于该快递企业，请另选企业或联系网点。',
      '현재 이 택배사 소속이 아닙니다. 다른 택배사를 고르거나 영업소에 문의하세요.',
    ),
  },
  'handover-gone': {
    status: 404,
    ...say(
      'This link is not good any more: the pickup was taken back, collected, or taken on by somebody else.',
      '此链接已失效：代取已被撤回、快件已取走，或已由他人接受。',
      '이 링크는 더 이상 쓸 수 없습니다. 대리 수령이 취소되었거나 이미 찾아갔거나 다른 분이 맡았습니다.',
    ),
  },
  'nothing-waiting': {
    status: 404,
    ...say(
      'No parcel of yours is waiting behind this door. Look at your list again.',
      '该格口没有您的待取快件，请刷新列表。',
      '이 칸에는 찾을 택배가 없습니다. 목록을 다시 확인하세요.',
    ),
  },
  'picture-not-read': {
    status: 422,
    ...say(
      'This is no picture that can be read. Take it again.',
      '照片无法读取，请重新拍摄。',
      '사진을 읽을 수 없습니다. 다시 찍어 주세요.',
    ),
  },
  'screen-works': {
    status: 409,
    ...say(
      'The screen of this cabinet works. Type your code there, or scan the screen.',
      '该柜的屏幕可以使用，请在屏幕上输入取件码或扫描屏幕。',
      '이 보관함은 화면이 작동합니다. 화면에서 찾기 번호를 입력하거나 화면을 스캔하세요.',
    ),
  },
  'no-kiosk-session': {
    status: 409,
    ...say(
      'You are not signed in at a cabinet. Scan the code on its screen first.',
      '您尚未在柜机登录，请先扫描柜机屏幕。',
      '보관함에 로그인되어 있지 않습니다. 먼저 화면의 QR 코드를 스캔하세요.',
    ),
  },
  'cabinet-not-reached': {
    status: 409,
    ...say(
      'The cabinet is offline. Hold the parcel before its own scanner.',
      '柜机离线，请使用柜机自带的扫描器。',
      '보관함이 오프라인입니다. 보관함의 스캐너를 사용하세요.',
    ),
  },
  'screen-taken': {
    status: 409,
    ...say(
      'Somebody else has already answered this screen. Scan the kiosk again.',
      '此二维码已被他人使用，请重新扫描柜机屏幕。',
      '다른 사람이 이미 사용한 화면입니다. 키오스크의 QR 코드를 다시 스캔하세요.',
    ),
  },
  'carried-malformed': {
    status: 422,
    ...say(
      'This is not what a cabinet of ours shows. Scan its screen again.',
      '这不是本平台柜机屏幕上的内容，请重新扫描。',
      '저희 보관함 화면의 내용이 아닙니다. 다시 스캔하세요.',
    ),
  },
  'carried-forged': {
    status: 422,
    ...say(
      'The cabinet did not sign this. Scan its screen again.',
      '柜机签名不符，请重新扫描屏幕。',
      '보관함의 서명이 맞지 않습니다. 화면을 다시 스캔하세요.',
    ),
  },
  'key-unreadable': {
    status: 422,
    ...say(
      'This is no key of a phone. Open the app again.',
      '手机密钥无效，请重新打开应用。',
      '휴대폰 키가 올바르지 않습니다. 앱을 다시 열어 주세요.',
    ),
  },
  'ask-other-courier': {
    status: 403,
    ...say(
      'This question belongs to another courier, who is signed in at that cabinet.',
      '该问题属于正在该柜机登录的另一位快递员。',
      '그 보관함에 로그인한 다른 배송기사의 질문입니다.',
    ),
  },
  'carried-outdated': {
    status: 409,
    ...say(
      'The cabinet has been set up anew since then. Its deposits are on record already or have been looked after.',
      '柜机此后已重新注册，这些投件已有记录或已由人工处理。',
      '그 뒤에 보관함이 새로 등록되었습니다. 해당 보관 건은 이미 기록되었거나 처리되었습니다.',
    ),
  },
} as const satisfies CodeTable<AccessRefusal>
