document.title = 'a'
export const planted = 1
