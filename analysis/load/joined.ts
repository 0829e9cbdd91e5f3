/** Said by itself by the program whose modules are joined (generate/join.ts). */
declare const JOINED: true | undefined

/** Whether this module runs as a part of it. */
export const isJoined = typeof JOINED !== 'undefined'

/** What an entry of it is called, by its path in `dist`: all of them lie in one folder. */
export const joinedName = (path: string): string => path.replaceAll('/', '.')
