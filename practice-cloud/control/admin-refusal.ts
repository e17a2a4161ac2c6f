/** The route can't be done now; the text says why. */
export class AdminRefusal extends Error {}
