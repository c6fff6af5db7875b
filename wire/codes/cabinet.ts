import type { CabinetRefusal } from '@holdfast/core/cabinet/commands.ts'
import { say, type CodeTable } from './messages.ts'

/** Why a cabinet does not do what it was told, in words that say what to do next. Law "Access": one text for all wrong codes. */
export const cabinetCodes: CodeTable<CabinetRefusal | 'code-slip' | 'code-wrong' | 'journal-full' | 'journal-failing'> =
  {
    'code-slip': say(
      'One digit is off. Please check the code and type it again.',
      '有一位数字不对，请核对后重新输入。',
      '숫자 하나가 맞지 않습니다. 확인하고 다시 입력해 주세요.',
    ),
    'code-wrong': say(
      'This code does not open a door here. Check the message, or ask for a new code.',
      '此取件码无法打开这里的格口。请核对短信，或重新获取取件码。',
      '이 코드로는 여기에서 열리는 문이 없습니다. 메시지를 확인하거나 새 코드를 받아 주세요.',
    ),
    'keypad-too-soon': say('One moment, then try again.', '请稍等片刻再试。', '잠시 후 다시 시도해 주세요.'),
    'keypad-paused': say(
      'Too many tries. The keypad rests for a moment; the QR code works meanwhile.',
      '输入次数过多，键盘暂停片刻；您仍可扫码取件。',
      '시도가 너무 많아 키패드를 잠시 쉽니다. QR 코드는 계속 사용할 수 있습니다.',
    ),
    'keypad-resting': say(
      'The keypad is resting today. Please use the QR code or call the number below.',
      '键盘今日已停用，请扫码取件或拨打下方电话。',
      '오늘은 키패드를 사용할 수 없습니다. QR 코드를 쓰거나 아래 번호로 전화해 주세요.',
    ),
    'keypad-needs-tail': say(
      "Please also type the last four digits of the recipient's phone number.",
      '请同时输入收件人手机号后四位。',
      '받는 분 전화번호 끝 네 자리도 입력해 주세요.',
    ),
    'keypad-busy': say('Your code is being checked.', '正在核对取件码。', '코드를 확인하고 있습니다.'),
    'session-open': say(
      'Somebody is using this cabinet. Please wait until they are done.',
      '有人正在使用，请稍候。',
      '다른 분이 사용 중입니다. 잠시 기다려 주세요.',
    ),
    'session-unknown': say(
      'This session has ended. Please start again.',
      '本次操作已结束，请重新开始。',
      '사용 시간이 끝났습니다. 처음부터 다시 해 주세요.',
    ),
    'nonce-stale': say(
      'The code on the screen has changed. Please scan it again.',
      '屏幕上的二维码已更新，请重新扫描。',
      '화면의 QR 코드가 바뀌었습니다. 다시 스캔해 주세요.',
    ),
    'number-wrong': say(
      'The two digits do not match the screen. Scan again and compare them.',
      '两位数字与屏幕不符，请重新扫码核对。',
      '두 자리 숫자가 화면과 다릅니다. 다시 스캔해 비교해 주세요.',
    ),
    'consent-missing': say(
      'The recipient has not agreed to a locker. Ask for consent, or deliver to the door.',
      '收件人尚未同意入柜。请征求同意，或送货上门。',
      '받는 분이 보관함 배달에 동의하지 않았습니다. 동의를 요청하거나 문 앞까지 배달해 주세요.',
    ),
    'parcel-damaged': say(
      'A damaged parcel may not go in. Take it back to your outlet.',
      '包装破损的快件不能入柜，请带回网点处理。',
      '파손된 택배는 넣을 수 없습니다. 영업소로 가져가 주세요.',
    ),
    'weight-differs': say(
      'The weight differs from the waybill: this parcel may not go in.',
      '重量与运单明显不符，不能入柜。',
      '운송장과 무게가 달라 넣을 수 없습니다.',
    ),
    'goods-need-agreement': say(
      "Fresh food and valuables need the sender's agreement. Deliver to the door.",
      '生鲜或贵重物品须与寄件人事先约定，请送货上门。',
      '신선식품이나 귀중품은 보낸 분의 약정이 필요합니다. 직접 배달해 주세요.',
    ),
    'cabinet-full': say('No door of this size is free.', '没有合适尺寸的空格口。', '맞는 크기의 빈 칸이 없습니다.'),
    'no-low-door-free': say(
      'The recipient needs a low door and none is free.',
      '收件人需要低位格口，目前没有空闲。',
      '받는 분에게 낮은 칸이 필요하지만 빈 칸이 없습니다.',
    ),
    'parcel-already-inside': say(
      'This parcel is already in the cabinet.',
      '该快件已在柜中。',
      '이 택배는 이미 보관함에 있습니다.',
    ),
    'too-many-parcels': say(
      'No more parcels fit behind one door.',
      '一个格口不能再放更多快件。',
      '한 칸에 더 넣을 수 없습니다.',
    ),
    'deposit-unknown': say('There is no such deposit here.', '此处没有该投递记录。', '여기에 해당 보관 건이 없습니다.'),
    'deposit-in-hand': say(
      'Finish the parcel at the open door first.',
      '请先完成当前格口的投递。',
      '먼저 열린 칸의 택배를 마무리해 주세요.',
    ),
    'deposit-not-ready': say(
      'One moment, the code is being made.',
      '正在生成取件码，请稍候。',
      '코드를 만들고 있습니다. 잠시만요.',
    ),
    'deposit-elsewhere': say(
      'This parcel belongs to another carrier.',
      '该快件属于其他快递企业。',
      '다른 택배사의 택배입니다.',
    ),
    'door-open': say('Push the open door shut first.', '请先关好打开的柜门。', '먼저 열린 문을 닫아 주세요.'),
    'door-busy': say('The door is opening.', '柜门正在打开。', '문이 열리는 중입니다.'),
    'door-not-cycled': say(
      'The door has not been opened and shut yet.',
      '柜门尚未打开并关好。',
      '문이 아직 열렸다 닫히지 않았습니다.',
    ),
    'certificate-spent': say(
      'Without a network no more doors open for you at this cabinet today. They do once your phone or the cabinet has one.',
      '无网络时，今天在本柜可开的格口已用完。手机或柜机恢复网络后即可继续。',
      '네트워크 없이 오늘 이 보관함에서 열 수 있는 칸을 다 썼습니다. 휴대폰이나 보관함이 연결되면 계속할 수 있습니다.',
    ),
    'budget-spent': say(
      'Too many doors in a short time. Please wait a minute.',
      '短时间内开门过多，请稍等一分钟。',
      '짧은 시간에 문을 너무 많이 열었습니다. 1분만 기다려 주세요.',
    ),
    'reopen-spent': say(
      'The door was opened again twice. Please call the number below.',
      '已重新开门两次，如需帮助请拨打下方电话。',
      '두 번 다시 열었습니다. 아래 번호로 전화해 주세요.',
    ),
    'recall-not-listed': say(
      'This parcel is not on your recall list.',
      '该快件不在您的取回清单中。',
      '회수 목록에 없는 택배입니다.',
    ),
    'nothing-to-look-into': say(
      'Nobody doubts this door any more.',
      '这个格口已无需查看。',
      '이 문은 더 확인할 필요가 없습니다.',
    ),
    'layout-unsound': say(
      'The layout contradicts itself.',
      '柜体布局数据有误。',
      '보관함 배치 정보가 올바르지 않습니다.',
    ),
    'cabinet-has-a-past': say(
      'This cabinet has a story of its own already.',
      '该柜已有自己的记录，无法重建。',
      '이 보관함에는 이미 기록이 있어 다시 세울 수 없습니다.',
    ),
    'journal-full': say(
      'This cabinet cannot take parcels now. Pickup still works.',
      '本柜暂时无法投件，取件不受影响。',
      '지금은 택배를 넣을 수 없습니다. 찾기는 가능합니다.',
    ),
    'journal-failing': say(
      'This cabinet needs a technician. Please call the number below.',
      '本柜需要维修，请拨打下方电话。',
      '점검이 필요한 보관함입니다. 아래 번호로 전화해 주세요.',
    ),
    'order-forged': say('The order is not from the cloud.', '指令签名无效。', '서명이 올바르지 않은 명령입니다.'),
    'order-other-cabinet': say(
      'The order is for another cabinet.',
      '指令属于其他柜体。',
      '다른 보관함에 대한 명령입니다.',
    ),
    'order-other-incarnation': say(
      'The cabinet was set up anew since.',
      '柜体已重新初始化。',
      '보관함이 다시 설정되었습니다.',
    ),
    'order-stale-nonce': say(
      'The order came too late. Send it again.',
      '指令已过期，请重新发送。',
      '명령이 만료되었습니다. 다시 보내 주세요.',
    ),
    'order-stale-epoch': say(
      'Another parcel is there now. Look again.',
      '格口内已换成其他快件，请刷新。',
      '다른 택배가 들어 있습니다. 새로 확인해 주세요.',
    ),
    'order-out-of-budget': say(
      'Too many remote openings here. Wait ten minutes.',
      '远程开箱过多，请十分钟后再试。',
      '원격 열기가 너무 많습니다. 10분 후 다시 시도해 주세요.',
    ),
    'order-unknown-compartment': say('There is no such compartment.', '没有该格口。', '해당 칸이 없습니다.'),
    'order-unknown-deposit': say('There is no such deposit.', '没有该投递记录。', '해당 보관 건이 없습니다.'),
    'order-door-open': say('The door is already open.', '柜门已经打开。', '문이 이미 열려 있습니다.'),
    'order-door-busy': say('The door is opening.', '柜门正在打开。', '문이 열리는 중입니다.'),
    'order-compartment-in-use': say('The compartment is in use.', '格口正在使用中。', '사용 중인 칸입니다.'),
    'order-compartment-not-retired': say('The compartment is in service.', '格口未停用。', '운영 중인 칸입니다.'),
    'order-compartment-not-suspect': say(
      'Nobody needs to look into it.',
      '格口无需检查。',
      '점검이 필요한 칸이 아닙니다.',
    ),
    'undo-too-late': say(
      'This parcel can no longer be undone here. Use “Take out” if it is listed, or call the number below.',
      '此件已不能在此撤回。若在取回清单中请用“取回”，或拨打下方电话。',
      '이 택배는 여기서 더 이상 되돌릴 수 없습니다. 회수 목록에 있으면 회수하거나 아래 번호로 전화해 주세요.',
    ),
    'order-hold-limit': say(
      'No more doors can be held for you here. Use or give back one that you hold.',
      '此柜已不能再为您预留格口，请先使用或释放已预留的格口。',
      '이 보관함에서는 더 이상 문을 잡아 둘 수 없습니다. 이미 잡은 문을 쓰거나 돌려주세요.',
    ),
    'order-unknown-hold': say(
      'This door is not held for you any more.',
      '该格口已不再为您预留。',
      '이 문은 더 이상 잡혀 있지 않습니다.',
    ),
    'order-no-emergency': say(
      'No emergency is going on at this cabinet.',
      '该柜当前没有紧急情况。',
      '이 보관함에는 진행 중인 비상 상황이 없습니다.',
    ),
    'order-screen-works': say(
      'The screen works. Use your code or scan the screen.',
      '屏幕可以使用，请输入取件码或扫描屏幕。',
      '화면이 작동합니다. 찾기 번호를 입력하거나 화면을 스캔하세요.',
    ),
    'order-session-open': say(
      'Somebody is using the cabinet now. Try again in two minutes.',
      '有人正在使用此柜，请两分钟后再试。',
      '지금 다른 분이 이용 중입니다. 2분 뒤에 다시 시도하세요.',
    ),
    'order-reopen-spent': say(
      'This door was opened again as often as it may. Call the number below.',
      '此门已达到重开次数上限，请拨打下方电话。',
      '이 문은 더 이상 다시 열 수 없습니다. 아래 번호로 전화해 주세요.',
    ),
    'order-renew-limit': say(
      'No more new codes today.',
      '今日新取件码次数已用完。',
      '오늘은 새 코드를 더 받을 수 없습니다.',
    ),
  }
