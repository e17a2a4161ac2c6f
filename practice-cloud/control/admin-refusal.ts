/** The request is refused; the message says why. */
export class AdminRefusal extends Error {}
