export const a: { b?: number } = { b: undefined }
