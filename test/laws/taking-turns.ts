import type { Crew, Work } from '../../checker/crew.ts'
import { type Loop, loopOn } from '../../checker/wasm/loop.ts'

/** Whether what a crew begins is a filling of slots, and no chunk (checker/filling.ts). */
export const isFilling = ({ memory }: Work, address: number): boolean =>
  new Int32Array(memory.buffer, address, 1)[0]! < 0

/**
 * A crew of members of one thread that take turns: what it makes is what any other makes.
 *
 * @param early how many blocks helpers make, at most, before the one that searches does anything else
 * @param helped told of each of these, and whether slots were filled
 * @param open gives each its loop
 */
export function takingTurns(
  size: number,
  early: number,
  helped: (filling: boolean) => void = () => {},
  open = loopOn,
): Crew {
  let members: readonly Loop[] = []
  let work: Work | null = null
  let chunk = 0
  const make = (member: number): boolean => members[member]!.make(work!.common, chunk, member) !== 0
  return {
    size,
    isReady: true,
    hand: (given) => {
      work = given
      members = Array.from({ length: size }, () => open(given.memory))
    },
    begin: (address) => {
      chunk = address
      for (let block = 0; block < early && make(1 + (block % (size - 1))); block++) helped(isFilling(work!, chunk))
    },
    finish: () => {
      const all = members.map((_, member) => member)
      for (let some = true; some; ) some = all.map(make).includes(true)
    },
    end: () => {},
  }
}
