import { say, type CodeTable } from '../codes/messages.ts'

export type KioskCode =
  | 'scan-unreadable'
  | 'sign-in-first'
  | 'sign-in-refused'
  | 'sign-in-offline'
  | 'phone-unreadable'
  | 'lost-code-offline'
  | 'lost-code-later'
  | 'cloud-silent'
  | 'grant-refused'
  | 'reply-refused'
  | 'deposit-cancelled'
  | 'recipient-declined'
  | 'journal-forked'
  | 'nothing-free'
  | 'outage-running'
  | 'look-unsaid'
  | 'question-open'
  | 'refused-there'
  | 'silent-there'
  | 'nothing-free-there'

/** What the kiosk itself has to say, in words that say what to do next. */
export const kioskCodes: CodeTable<KioskCode> = {
  'scan-unreadable': say(
    'This is no tracking number. Scan the label with the bar code, or type the number.',
    '没有读到运单号。请扫描面单上的条码，或手动输入单号。',
    '운송장 번호가 아닙니다. 운송장 바코드를 스캔하거나 번호를 입력해 주세요.',
  ),
  'sign-in-first': say(
    'Sign in first, then scan your parcels.',
    '请先登录，再扫描快件。',
    '먼저 로그인한 뒤 스캔해 주세요.',
  ),
  'sign-in-refused': say(
    'This phone number and code do not sign in here. Check both and try again.',
    '手机号或验证码不对，请核对后重试。',
    '전화번호나 인증번호가 맞지 않습니다. 확인하고 다시 시도해 주세요.',
  ),
  'sign-in-offline': say(
    'The cabinet has no connection. Sign in with the QR code: your phone shows a code for the scanner.',
    '本柜暂时没有网络。请用快递员应用扫码登录，再把手机上的码对准扫描口。',
    '보관함이 오프라인입니다. QR로 로그인하고 휴대폰 화면의 코드를 스캐너에 보여 주세요.',
  ),
  'lost-code-offline': say(
    'The cabinet has no connection, so no message can be sent. Look in your messages or in the app: the code there works here.',
    '本柜暂时没有网络，无法发送短信。请查看此前的短信或应用，其中的取件码在这里照常可用。',
    '보관함이 오프라인이라 메시지를 보낼 수 없습니다. 받은 메시지나 앱에 있는 코드는 여기서 그대로 쓸 수 있습니다.',
  ),
  'lost-code-later': say(
    'Messages were asked for here too often. Please try again in a quarter of an hour.',
    '此处请求短信次数过多，请一刻钟后再试。',
    '이 보관함에서 메시지를 너무 많이 요청했습니다. 15분 뒤에 다시 시도해 주세요.',
  ),
  'phone-unreadable': say(
    'This is no phone number. Check it; one from another country begins with 00 and the country code.',
    '号码不正确，请核对后重新输入；境外号码请以 00 加国家代码开头。',
    '전화번호가 아닙니다. 확인해 주세요. 해외 번호는 00과 국가 번호부터 입력합니다.',
  ),
  'cloud-silent': say(
    'No answer came. Try again, or go on with the next parcel.',
    '没有收到回复。请再试一次，或先投下一件。',
    '응답이 없습니다. 다시 시도하거나 다음 택배를 진행해 주세요.',
  ),
  'grant-refused': say(
    'This code from the phone does not open here. Scan the QR code on this screen again.',
    '手机上的码在这里无效，请重新扫描屏幕上的二维码。',
    '휴대폰의 코드를 여기서 쓸 수 없습니다. 화면의 QR 코드를 다시 스캔해 주세요.',
  ),
  'reply-refused': say(
    'This is not the answer to this parcel. Hold your phone before the code on this screen again.',
    '这不是本件的答复。请用手机重新对准屏幕上的码。',
    '이 택배의 답이 아닙니다. 휴대폰을 화면의 코드에 다시 대 주세요.',
  ),
  'deposit-cancelled': say(
    'Cancelled. The parcel is with you again.',
    '已取消，快件仍由您保管。',
    '취소했습니다. 택배는 다시 기사님께 있습니다.',
  ),
  'recipient-declined': say(
    'The recipient wants this parcel at the door. Do not put it in.',
    '收件人要求送货上门，请勿入柜。',
    '받는 분이 직접 배달을 원합니다. 보관함에 넣지 마세요.',
  ),
  'nothing-free': say(
    'No door is free; pickup still works. In your app you can queue for a door, or ask a recipient about another cabinet nearby.',
    '目前没有空格口，取件不受影响。可在快递员应用中排队等格口，或询问收件人能否改放附近的另一台柜。',
    '빈 칸이 없습니다. 찾기는 가능합니다. 기사 앱에서 빈 칸을 기다리거나 받는 분에게 가까운 다른 보관함을 물어보세요.',
  ),
  'journal-forked': say(
    'This cabinet cannot take parcels now: its records are being checked. Pickup still works.',
    '本柜正在核对记录，暂时无法投件，取件不受影响。',
    '기록을 확인하는 중이라 지금은 넣을 수 없습니다. 찾기는 가능합니다.',
  ),
  'outage-running': say(
    'Nobody gets to this cabinet for a while: no parcels are taken in. Picking up goes on. Please use another cabinet.',
    '本柜预告停用中，暂不能投件，取件照常。请投到其他柜。',
    '예고된 중단 시간이라 택배를 넣을 수 없습니다. 찾기는 그대로 됩니다. 다른 보관함을 이용해 주세요.',
  ),
  'look-unsaid': say(
    'Say first what you saw behind this door, or leave it.',
    '请先说明这个格口里看到了什么，或者跳过它。',
    '먼저 이 칸에서 본 것을 알려 주거나 건너뛰어 주세요.',
  ),
  'question-open': say(
    'The recipient was asked a moment ago. Another cabinet can be asked about after ten minutes without an answer.',
    '刚刚询问过收件人。十分钟内没有答复，才能询问另一台柜。',
    '방금 받는 분에게 물었습니다. 10분 동안 답이 없으면 다른 보관함을 물을 수 있습니다.',
  ),
  'refused-there': say(
    'The recipient does not want the parcel in that cabinet. Choose another one, or deliver to the door.',
    '收件人不同意放入那台柜。请选择其他柜，或送货上门。',
    '받는 분이 그 보관함을 원하지 않습니다. 다른 보관함을 고르거나 직접 배달해 주세요.',
  ),
  'silent-there': say(
    'The recipient was asked about that cabinet and has not answered. Nobody is asked twice: choose another one.',
    '已就那台柜询问过收件人，尚无答复，不会重复询问。请选择其他柜。',
    '그 보관함은 이미 물었고 답이 없습니다. 두 번 묻지 않으니 다른 보관함을 고르세요.',
  ),
  'nothing-free-there': say(
    'The last door for this parcel there has just been taken. Choose another cabinet.',
    '那台柜适合此件的格口刚刚用完。请选择其他柜。',
    '그 보관함의 맞는 칸이 방금 찼습니다. 다른 보관함을 고르세요.',
  ),
}
