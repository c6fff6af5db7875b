import { say, type CodeTable } from './messages.ts'

/** Why bytes from outside are not taken: messages, grants, journal entries. Nothing of them is ever shown. */
export const bytesCodes = {
  'message-malformed': say('The message has another shape.', '消息格式不符。', '메시지 형식이 다릅니다.'),
  'message-key-unknown': say(
    'The message names a key that is not pinned here.',
    '消息使用了未知密钥。',
    '알 수 없는 키로 서명된 메시지입니다.',
  ),
  'message-forged': say(
    'The signature of the message does not hold.',
    '消息签名无效。',
    '메시지 서명이 올바르지 않습니다.',
  ),
  'grant-malformed': say(
    'This QR code is no pickup grant. Open it again in the app.',
    '这不是有效的取件二维码，请在应用中重新打开。',
    '올바른 수령 QR이 아닙니다. 앱에서 다시 열어 주세요.',
  ),
  'grant-key-unknown': say(
    'This QR code was signed by somebody else.',
    '二维码签名方未知。',
    '알 수 없는 곳에서 서명한 QR입니다.',
  ),
  'grant-forged': say(
    'This QR code is damaged or forged. Open it again in the app.',
    '二维码已损坏或被篡改，请在应用中重新打开。',
    'QR이 손상되었거나 위조되었습니다. 앱에서 다시 열어 주세요.',
  ),
  'grant-other-cabinet': say(
    'This QR code is for another cabinet.',
    '该二维码属于其他柜体。',
    '다른 보관함의 QR입니다.',
  ),
  'grant-not-served': say(
    'This cabinet does not serve this kind of grant yet.',
    '本柜暂不支持此类授权。',
    '이 보관함은 아직 이 종류의 권한을 처리하지 않습니다.',
  ),
  'certificate-malformed': say(
    'This QR code is no sign-in without network. Open it again in the app.',
    '这不是有效的离线登录码，请在应用中重新打开。',
    '올바른 오프라인 로그인 코드가 아닙니다. 앱에서 다시 열어 주세요.',
  ),
  'certificate-forged': say(
    'This sign-in code is damaged, forged, or for another cabinet. Scan this screen again.',
    '登录码已损坏、被篡改或属于其他柜机，请重新扫描屏幕。',
    '로그인 코드가 손상되었거나 위조되었거나 다른 보관함의 것입니다. 화면을 다시 스캔해 주세요.',
  ),
  'certificate-denied': say(
    'This sign-in without network was withdrawn. Ask your outlet.',
    '该离线凭证已被撤销，请联系网点。',
    '이 오프라인 인증서는 취소되었습니다. 영업소에 문의해 주세요.',
  ),
  'certificate-expired': say(
    'This sign-in without network has run out. Open the app where there is a network.',
    '离线凭证已过期，请在有网络的地方打开应用。',
    '오프라인 인증서가 만료되었습니다. 네트워크가 되는 곳에서 앱을 열어 주세요.',
  ),
  'certificate-unheard': say(
    'This cabinet has had no connection for a day: only a phone with a network signs in now.',
    '本柜离线已超过一天，请用有网络的手机登录。',
    '이 보관함은 하루 넘게 오프라인입니다. 네트워크가 되는 휴대폰으로만 로그인할 수 있습니다.',
  ),
  'journal-forked': say(
    'Cloud and cabinet hold different entries under one number: no deposits until somebody has looked.',
    '云端与柜体的同一编号日志不一致，排查前暂停投件。',
    '같은 번호의 기록이 서로 다릅니다. 확인 전까지 넣기를 멈춥니다.',
  ),
  'chain-cut': say(
    'The journal ends before its signed head.',
    '日志在签名点之前中断。',
    '저널이 서명된 지점보다 먼저 끝납니다.',
  ),
  'chain-entry-malformed': say(
    'An entry of the journal has another shape.',
    '日志条目格式不符。',
    '저널 항목의 형식이 다릅니다.',
  ),
  'chain-gap': say('A number is missing in the journal.', '日志编号不连续。', '저널에 빠진 번호가 있습니다.'),
  'chain-hash-differs': say('An entry of the journal was changed.', '日志条目被改动。', '저널 항목이 바뀌었습니다.'),
  'chain-private-differs': say(
    'A private part does not belong to its entry.',
    '私密部分与条目不符。',
    '비공개 부분이 항목과 맞지 않습니다.',
  ),
  'chain-private-missing': say('A private part is missing.', '缺少私密部分。', '비공개 부분이 없습니다.'),
  'head-differs': say(
    'A signed head does not fit the journal.',
    '签名点与日志不符。',
    '서명된 지점이 저널과 맞지 않습니다.',
  ),
  'head-missing': say('A signed head is missing.', '缺少签名点。', '서명된 지점이 없습니다.'),
  'canonical-not-integer': say('Only whole numbers travel on the wire.', '只允许整数。', '정수만 보낼 수 있습니다.'),
  'canonical-not-json': say('The bytes are not JSON.', '内容不是 JSON。', 'JSON이 아닙니다.'),
  'canonical-lone-surrogate': say('The text holds half a character.', '文本包含不完整字符。', '깨진 문자가 있습니다.'),
  'canonical-too-deep': say('The message is nested too deep.', '消息嵌套过深。', '메시지가 너무 깊게 중첩되었습니다.'),
  'canonical-not-canonical': say(
    'The JSON is not in its canonical form.',
    'JSON 不是规范形式。',
    'JSON이 정규형이 아닙니다.',
  ),
} satisfies CodeTable
