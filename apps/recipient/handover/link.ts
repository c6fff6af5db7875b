const route = /^take\/([A-Za-z0-9_-]{22})$/

/** The app's own address with the secret after `#`: it is in no server's log. */
export const linkOf = (here: string, token: string): string => {
  const url = new URL(here)
  url.hash = `take/${token}`
  url.search = ''
  return url.href
}

/** The secret of such a link's route; undefined for every other route. */
export const tokenIn = (where: string): string | undefined => route.exec(where)?.[1]
