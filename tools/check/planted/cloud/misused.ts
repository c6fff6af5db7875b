const later = async (): Promise<boolean> => true
export const wrong = [1, 2].filter(async () => later())
