/** What the repairs of paper 004 are asked in, by name. */
export const ALONE = 'both-move-no-retransmission'
export const SHORT = 'both-move-short-proxy-timers'
export const PROXIES = 'mipv6/stationary-proxies-expedited'
export const LATE = 'mipv6/stationary-proxies-expedited-answers-late'
