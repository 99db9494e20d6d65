// graphile-worker: local queue and batched completion.
import { readFileSync } from 'node:fs'
import { Logger, makeWorkerUtils, run, runMigrations } from 'graphile-worker'
import { serve, Tally } from './orders.mjs'

const connectionString = process.env.DATABASE_URL
const jobsPerCall = 5000
const callsInFlight = 2
const worker = {
  connectionString,
  concurrentJobs: 24,
  maxPoolSize: 10,
  localQueue: { size: 2000 },
  completeJobBatchDelay: 5,
  failJobBatchDelay: 5,
  pollInterval: 1000,
  gracefulShutdownAbortTimeout: 2500
}

const logger = new Logger(() => (level, message) => { if (level === 'error') console.error(message) })
const tally = new Tally()
const taskList = { noop: payload => { tally.hit(payload.i) } }
let utils
let runner

async function prepare () {
  await runMigrations({ connectionString, logger })
  utils = await makeWorkerUtils({ connectionString, logger })
  const manifest = new URL('node_modules/graphile-worker/package.json', import.meta.url)
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'))
  return [version, process.versions.node]
}

async function enqueueAll (jobs) {
  let next = 0
  const feed = async () => {
    while (next < jobs) {
      const from = next
      const to = Math.min(jobs, next += jobsPerCall)
      const batch = []
      for (let i = from; i < to; i++) batch.push({ identifier: 'noop', payload: { i } })
      await utils.addJobs(batch)
    }
  }
  await Promise.all(Array.from({ length: callsInFlight }, feed))
}

async function enqueueOne (index) {
  const called = process.hrtime.bigint()
  await utils.addJob('noop', { i: index })
  return [called, process.hrtime.bigint()]
}

serve({
  prepare,
  'enqueue-all': jobs => enqueueAll(Number(jobs)),
  'enqueue-one': index => enqueueOne(Number(index)),
  expect: (jobs, mode) => tally.expect(Number(jobs), mode),
  start: async () => { runner = await run({ preset: { worker }, logger, noHandleSignals: true, taskList }) },
  stop: async () => { await runner.stop() }
})
