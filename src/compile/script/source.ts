/** A number as JavaScript, in brackets if it could be read as an operator. */
export function toSource(value: number): string {
  return Object.is(value, -0) || value < 0 ? `(${Object.is(value, -0) ? "-0" : value})` : String(value);
}

/** A formula with its letters replaced. */
export function fill(formula: string, names: readonly string[]): string {
  return formula.replace(/\b[xyz]\b/g, (letter) => names[letter.charCodeAt(0) - 120]!);
}
