export const floor = { major: 20, minor: 19 }

/**
 * Says in words what is wrong with this Node, or nothing.
 * @param {string} version as in `process.versions.node`
 * @returns {string | undefined}
 */
export function nodeComplaint(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > floor.major || (major === floor.major && minor >= floor.minor)) return undefined
  return `Holdfast needs Node ${floor.major}.${floor.minor} or newer; this is ${version}. Install a newer one from https://nodejs.org and run the command again.`
}
