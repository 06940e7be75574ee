/** A whole number that depends on loop variables: `base + Σ factor · variable`. */
export interface Affine {
  readonly base: number;
  readonly terms: ReadonlyMap<string, number>;
}

export function constant(base: number): Affine {
  return { base, terms: none };
}

const none: ReadonlyMap<string, number> = new Map();
export const zero = constant(0);

export function variable(name: string): Affine {
  return { base: 0, terms: new Map([[name, 1]]) };
}

export function plus(a: Affine, b: Affine): Affine {
  if (b.terms.size === 0) return { base: a.base + b.base, terms: a.terms };
  const terms = new Map(a.terms);
  for (const [name, factor] of b.terms) {
    const sum = (terms.get(name) ?? 0) + factor;
    if (sum === 0) terms.delete(name);
    else terms.set(name, sum);
  }
  return { base: a.base + b.base, terms };
}

export function times(a: Affine, factor: number): Affine {
  if (factor === 0) return zero;
  return { base: a.base * factor, terms: new Map([...a.terms].map(([name, own]) => [name, own * factor])) };
}

/** The place of an element in row-major memory. */
export function flatten(index: readonly Affine[], shape: readonly number[]): Affine {
  let flat = zero;
  for (let axis = 0; axis < shape.length; axis++)
    flat = shape[axis] === 1 ? flat : plus(times(flat, shape[axis]!), index[axis]!);
  return flat;
}

/** The same for the same number. */
export function toKey({ base, terms }: Affine): string {
  if (terms.size === 0) return String(base);
  const sorted = [...terms].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${base}+${sorted.map(([name, factor]) => `${factor}${name}`).join("+")}`;
}

/** With another number in place of a variable. */
export function substitute(at: Affine, name: string, by: Affine): Affine {
  const factor = at.terms.get(name);
  if (factor === undefined) return at;
  const terms = new Map(at.terms);
  terms.delete(name);
  const moved = { base: by.base * factor, terms: new Map([...by.terms].map(([own, n]) => [own, n * factor])) };
  return plus({ base: at.base, terms }, moved);
}
