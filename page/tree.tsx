import type { Value } from '../checker/model.ts'

/** A typed value as a tree, what has changed since the moment before set off, at any depth. */
export function Tree({ value, before, name }: { value: Value; before: Value | undefined; name?: string }) {
  const changed = before !== undefined && JSON.stringify(before) !== JSON.stringify(value)
  const label = name === undefined ? null : <span class="key">{name}: </span>
  if (value === null || typeof value !== 'object') {
    return (
      <div class={changed ? 'leaf changed' : 'leaf'}>
        {label}
        <span class={`is-${value === null ? 'null' : typeof value}`}>{value === null ? 'null' : String(value)}</span>
        {changed && <span class="was"> was {brief(before)}</span>}
      </div>
    )
  }
  const entries = Array.isArray(value)
    ? value.map((part, i) => [String(i), part as Value] as const)
    : Object.entries(value as Record<string, Value>)
  const earlier = (key: string): Value | undefined =>
    before === undefined || before === null || typeof before !== 'object'
      ? before === undefined
        ? undefined
        : null
      : ((before as Record<string, Value>)[key] ?? (changed ? null : undefined))
  if (entries.length === 0) {
    return (
      <div class={changed ? 'leaf changed' : 'leaf'}>
        {label}
        {Array.isArray(value) ? 'empty' : '{}'}
        {changed && <span class="was"> was {brief(before)}</span>}
      </div>
    )
  }
  return (
    <details open={entries.length < 12 || changed} class={changed ? 'branch changed-inside' : 'branch'}>
      <summary>
        {label}
        <span class="count">
          {Array.isArray(value) ? `${entries.length} ${entries.length === 1 ? 'item' : 'items'}` : ''}
        </span>
      </summary>
      {entries.map(([key, part]) => (
        <Tree key={key} name={key} value={part} before={earlier(key)} />
      ))}
    </details>
  )
}

function brief(value: Value | undefined): string {
  const text = JSON.stringify(value ?? null)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
