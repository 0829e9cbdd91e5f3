import { useEffect, useRef } from 'preact/hooks'

/** A ladder, the step in hand set off; a click on a step goes there. The drawing is made by us, its words escaped. */
export function Ladder({ svg, at, onStep }: { svg: string; at: number; onStep: (step: number) => void }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    for (const group of box.current?.querySelectorAll('[data-step]') ?? []) {
      const here = Number(group.getAttribute('data-step')) === at - 1
      group.classList.toggle('here', here)
      if (here) group.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    }
  }, [at, svg])
  return (
    // The steps beside it say the same and take the keyboard.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      class="ladder"
      ref={box}
      onClick={(event) => {
        const step = (event.target as Element).closest('[data-step]')?.getAttribute('data-step')
        if (step !== null && step !== undefined) onStep(Number(step))
      }}
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  )
}
