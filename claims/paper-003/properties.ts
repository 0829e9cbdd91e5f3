/** What paper 003 is asked, by name. */
export const TRANSPARENT = 'addresses-are-transparent'
export const MISDELIVERY = 'no-misdelivery'
