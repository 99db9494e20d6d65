// Takes orders from stdin, a line each: "number verb argument…". Answers "number ok word…" or "number failed why".
// Orders are begun as they come and may overlap. The process ends with its input.
import readline from 'node:readline'

/** @param {Record<string, (...args: string[]) => Promise<unknown[] | void>>} verbs */
export function serve (verbs) {
  const answer = (number, ...words) => process.stdout.write([number, ...words].join(' ') + '\n')
  const lines = readline.createInterface({ input: process.stdin })
  lines.on('line', async line => {
    const [number, verb, ...args] = line.split(' ')
    try {
      answer(number, 'ok', ...(await verbs[verb](...args) ?? []))
    } catch (e) {
      answer(number, 'failed', String(e?.message ?? e).replaceAll('\n', ' '))
    }
  })
  lines.on('close', () => process.exit(0))
}

/** What the no-op handler does: it counts, and notes when it started, on the clock that Java's nanoTime reads too. */
export class Tally {
  #left = 0
  #first = 0n
  #started = []
  #all = Promise.withResolvers()

  /** Begins to count anew; resolves when that many handlers have started. */
  expect (jobs, mode) {
    this.#left = jobs
    this.#first = 0n
    this.#started = mode === 'PICKUP' ? new Array(jobs).fill(0n) : []
    this.#all = Promise.withResolvers()
    return this.#all.promise
  }

  hit (index) {
    const now = process.hrtime.bigint()
    if (!this.#first) this.#first = now
    if (index < this.#started.length) this.#started[index] = now
    if (--this.#left === 0) this.#all.resolve([this.#first, ...this.#started])
  }
}
