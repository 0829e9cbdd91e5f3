import type { Trial } from './simulation.ts'

/** A double jump whose moves, gaps and latencies the seed decides; a third of them with a second move of a soon after. Hosts have a session by then. */
export function trialOf(seed: number, reForwards: boolean): Trial {
  const draw = drawing(seed)
  const between = (least: number, most: number): number => least + Math.floor(draw() * (most - least))
  const latencies = new Map<string, number>()
  const BEGIN = 10_000
  const [gapOfA, again] = [between(20, 320), draw() < 0.34]
  const moves = [
    { end: 'a' as const, at: BEGIN, gap: gapOfA },
    { end: 'b' as const, at: BEGIN + between(0, 500), gap: between(20, 320) },
    ...(again ? [{ end: 'a' as const, at: BEGIN + gapOfA + between(30, 900), gap: 50 }] : []),
  ]
  return {
    ...{ reForwards, moves, until: 40_000 },
    latency: (from, to) => {
      const path = `${from} ${to}`
      const known = latencies.get(path)
      if (known !== undefined) return known
      // Some paths are slow: what was sent later overtakes on others.
      latencies.set(path, draw() < 0.88 ? between(10, 160) : between(250, 380))
      return latencies.get(path)!
    },
  }
}

/** Numbers between 0 and 1, the same for the same seed (Park and Miller's generator). */
function drawing(seed: number): () => number {
  let state = 1 + ((seed * 7919) % 2147483646)
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}
