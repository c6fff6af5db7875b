/**
 * How Node runs a cloud, wherever one is started. What a request makes lives as long as the request: in 16 MiB, Node's
 * own choice, it is collected while requests still hold it, and copied each time. Costs 48 MiB at most.
 */
export const cloudFlags = ['--max-semi-space-size=32']

/** A town makes more, and keeps less: with 64 MiB it is played in a tenth less time. */
export const townFlags = ['--max-semi-space-size=64']
