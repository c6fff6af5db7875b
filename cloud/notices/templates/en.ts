import type { Templates } from './words.ts'

export const en: Templates = {
  'sign-in-code': {
    subject: 'Sign-in code',
    text: '{code} is your Holdfast sign-in code, for {minutes} minutes. Give it to nobody; we never ask for it.',
  },
  stored: {
    subject: 'Your parcel is in a locker',
    text: 'Your parcel is at {cabinet}, {address}, door {door}. Pickup code: {code}. Kept until {until}. Complaints: {complaintPhone}.',
  },
  overdue: {
    subject: 'Your parcel is still waiting',
    text: 'Your parcel is still at {cabinet}, {address}, door {door}. Pickup code: {code}. Please collect it soon, or the courier takes it back. Complaints: {complaintPhone}.',
  },
  'consent-asked': {
    subject: 'May your parcel go into a locker?',
    text: '{carrier} wants to leave your parcel ending in {tail} at {cabinet}, {address}. Reply Y to accept or N to decline; without an answer it is not put in. Complaints: {complaintPhone}.',
  },
  recalled: {
    subject: 'Your parcel was taken back',
    text: 'The courier has taken your parcel out of {cabinet}, {address}. Its pickup code no longer works. Questions: {complaintPhone}.',
  },
}
