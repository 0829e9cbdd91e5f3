/** To the end of the line: nothing in it ends it. */
export const comment = (text: string): string => `\\* ${text.replaceAll(/[\n\r\f]/g, ' ')}`.trimEnd()

/** Words as part of an identifier. */
export const identifier = (words: string): string => words.replaceAll(/[^a-zA-Z0-9]+/g, '_').replaceAll(/^_|_$/g, '')

/** Each with an operator of its own: a prefix and its id. */
export function named<Item extends { readonly id: string }>(items: readonly Item[], prefixOf: (item: Item) => string) {
  const taken = new Set<string>()
  return items.map((item) => {
    let operator = `${prefixOf(item)}_${identifier(item.id)}`
    while (taken.has(operator)) operator += '_too'
    taken.add(operator)
    return { ...item, operator }
  })
}
