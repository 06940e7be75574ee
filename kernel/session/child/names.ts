/** All names of the session: an ordinary object, because V8 reads and writes its properties many times faster than those of `Object.create(null)`. */
export const names: Record<string, unknown> = {};
