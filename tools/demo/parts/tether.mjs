// Loaded before a part of the town: when the town is gone, even by kill -9, the part ends as if it were asked to.
const end = () => process.kill(process.pid, 'SIGTERM')
process.on('disconnect', end)
process.channel?.unref()
// The town may be gone before this line is reached.
if (process.connected === false) end()
