import { type Affine, constant, flatten, plus, substitute, toKey, variable, zero } from "./affine.ts";
import { foldSizes, spread, toDomain, toInput } from "./element.ts";
import { folds } from "./fold.ts";
import { innermost, type Named, outermost, Scope } from "./scope.ts";
import { fill, toSource } from "./source.ts";
import { type Stored, toMemory } from "./stored.ts";
import type { Fold, Pointwise, Value } from "./value.ts";

/** An element of a stored value that a loop reads or writes. */
export interface Access {
  readonly value: Value;
  readonly at: Affine;
}

/** Loops over the elements of some values of one space, as JavaScript. */
export interface Loops {
  /** The body of a function that takes the memory of `memories`, under the names `p0`, `p1`, … */
  readonly source: string;
  readonly memories: readonly Value[];
}

/** The axes of a value that a loop goes over. */
export function toSpace(value: Value): number[] {
  return value.shape.filter((n) => n !== 1);
}

/** What the loops of some values touch, before they are written: all that is known of a place is in its factors. */
export interface Draft {
  readonly reads: readonly Access[];
  /** Places of values that are computed. */
  readonly touched: readonly Access[];
}

export function draftLoops(roots: readonly Value[], stored: Stored): Draft {
  return new Writer(roots, stored, () => false, undefined).write();
}

/**
 * Writes the loops that compute `roots`, which are all of one space, and store those that are in `kept`. Loops that walk through memory in one step are
 * made one, short ones are unrolled; the draft tells which.
 */
export function writeLoops(
  roots: readonly Value[],
  stored: Stored,
  kept: (value: Value) => boolean,
  draft: Draft,
): Loops {
  return new Writer(roots, stored, kept, [...draft.reads, ...draft.touched]).write();
}

/** Up to so many rounds of a loop are written one after the other. */
const shortLoop = 8;
/** So many sums are kept at once, where neighbouring results are sums. */
const sumsAtOnce = 4;

interface Range {
  readonly name: string;
  readonly n: number;
}

interface Item {
  readonly fold: Fold;
  readonly index: readonly Affine[];
}

class Writer {
  readonly #roots: readonly Value[];
  readonly #stored: Stored;
  readonly #kept: (value: Value) => boolean;
  /** What a draft touched; absent in the draft itself. */
  readonly #known: readonly Access[] | undefined;
  readonly #reads: Access[] = [];
  readonly #touched: Access[] = [];
  readonly #memories = new Map<Value, string>();
  #names = 0;

  constructor(
    roots: readonly Value[],
    stored: Stored,
    kept: (value: Value) => boolean,
    known: readonly Access[] | undefined,
  ) {
    this.#roots = roots;
    this.#stored = stored;
    this.#kept = kept;
    this.#known = known;
  }

  write() {
    const top = new Scope();
    const sizes = toSpace(this.#roots[0]!);
    const { index, ranges } = this.#merge([sizes.map((_, axis) => `i${axis}`)], sizes);
    this.#open(top, ranges, index[0]!, (scope, indices) => this.#body(scope, indices));
    return {
      source: top.lines.join("\n"),
      memories: [...this.#memories.keys()],
      reads: this.#reads,
      touched: this.#touched,
    };
  }

  /** Which loops to write for some axes, and where on each axis they are; `names` has a variable per axis for each value that shares the loops. */
  #merge(names: readonly (readonly string[])[], sizes: readonly number[]) {
    const ranges: { name: string; n: number }[] = [];
    const index = names.map(() => sizes.map(() => zero));
    let inner = -1;
    let size = 1;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const n = sizes[axis]!;
      if (n === 1) continue;
      if (inner >= 0 && this.#walksOn(names, axis, inner, size)) {
        size *= n;
        ranges[0]!.n = size;
        continue;
      }
      [inner, size] = [axis, n];
      ranges.unshift({ name: names[0]![axis]!, n });
      for (const each of index) each[axis] = variable(names[0]![axis]!);
    }
    return { index, ranges };
  }

  /** True if a step on `axis` is as far as all `size` steps of `inner`, at every place. */
  #walksOn(names: readonly (readonly string[])[], axis: number, inner: number, size: number): boolean {
    if (this.#known === undefined) return false;
    return names.every((own) =>
      this.#known!.every(({ at }) => (at.terms.get(own[axis]!) ?? 0) === (at.terms.get(own[inner]!) ?? 0) * size),
    );
  }

  /** The loops around a body, which is written for several neighbouring places at once. */
  #open(
    scope: Scope,
    ranges: readonly Range[],
    index: readonly Affine[],
    body: (scope: Scope, indices: readonly (readonly Affine[])[]) => void,
  ): void {
    const [first, ...rest] = ranges;
    if (first === undefined) {
      body(scope, [index]);
      return;
    }
    if (rest.length > 0) {
      this.#loop(scope, first, 0, first.n, 1, (inner) => this.#open(inner, rest, index, body));
      return;
    }
    const { name, n } = first;
    const width = this.#widthOf(n);
    const at = (places: readonly Affine[]) => places.map((place) => index.map((each) => substitute(each, name, place)));
    if (width === n) {
      body(scope, at(Array.from({ length: n }, (_, i) => constant(i))));
      return;
    }
    const whole = n - (n % width);
    const rounds = Array.from({ length: width }, (_, i) => plus(variable(name), constant(i)));
    this.#loop(scope, first, 0, whole, width, (inner) => body(inner, at(rounds)));
    if (whole < n) this.#loop(scope, first, whole, n, 1, (inner) => body(inner, [index]));
  }

  #widthOf(n: number): number {
    if (this.#known === undefined) return 1;
    if (n * this.#roots.length <= shortLoop * 2 && n <= shortLoop) return n;
    return this.#roots.some((root) => this.#sums(root, true)) ? sumsAtOnce : 1;
  }

  #sums(value: Value, isRoot: boolean): boolean {
    if (!isRoot && this.#stored.has(value)) return false;
    return value.kind === "fold" || value.of.some((input) => this.#sums(input, false));
  }

  #loop(scope: Scope, { name }: Range, from: number, to: number, step: number, body: (scope: Scope) => void): void {
    const inner = new Scope(scope, name);
    body(inner);
    const next = step === 1 ? `${name}++` : `${name} += ${step}`;
    scope.lines.push(`for (let ${name} = ${from}; ${name} < ${to}; ${next}) {`, ...inner.lines, "}");
  }

  #body(scope: Scope, indices: readonly (readonly Affine[])[]): void {
    const places = this.#roots.map((root) => indices.map((index) => spread(root, index)));
    if (this.#known !== undefined) this.#foldTogether(places, scope);
    this.#roots.forEach((root, r) => {
      for (const index of places[r]!) {
        const at = flatten(index, root.shape);
        const { name } = this.#compute(root, index, scope);
        if (!this.#kept(root)) continue;
        scope.lines.push(`${this.#place(root, at, scope)} = ${name};`);
      }
    });
  }

  /** Folds of one size run in one loop. */
  #foldTogether(places: readonly (readonly (readonly Affine[])[])[], scope: Scope): void {
    const groups = new Map<string, Item[]>();
    for (const [r, root] of this.#roots.entries())
      for (const index of places[r]!)
        for (const item of this.#findFolds(root, index, true)) {
          const key = `${scope.holding(...item.index).depth} ${foldSizes(item.fold)}`;
          groups.set(key, [...(groups.get(key) ?? []), item]);
        }
    for (const group of groups.values()) this.#fold(group, scope);
  }

  /** The folds that an element needs and that need no other root. */
  #findFolds(value: Value, index: readonly Affine[], isRoot: boolean): Item[] {
    if (!isRoot && this.#stored.has(value)) return [];
    if (value.kind === "fold") return this.#needsRoot(value.of[0]!) ? [] : [{ fold: value, index }];
    if (value.kind === "view" && value.from === undefined) return [];
    return value.of.flatMap((input) => this.#findFolds(input, toInput(value, input, index), false));
  }

  #needsRoot(value: Value): boolean {
    return this.#roots.includes(value) || (!this.#stored.has(value) && value.of.some((each) => this.#needsRoot(each)));
  }

  #element(value: Value, index: readonly Affine[], scope: Scope): Named {
    if (value.kind === "known" && value.literal !== undefined)
      return { name: toSource(value.literal), scope: outermost(scope) };
    if (this.#stored.has(value)) return this.#read(value, flatten(index, value.shape), scope);
    if (value.kind !== "view") return this.#compute(value, index, scope);
    if (value.from === undefined) return this.#read(toMemory(value), flatten(index, value.shape), scope);
    return this.#element(value.of[0]!, value.from(index), scope);
  }

  #find(value: Value, index: readonly Affine[], scope: Scope): Named | undefined {
    return scope.find(`${value.id} ${toKey(flatten(index, value.shape))}`);
  }

  #compute(value: Value, index: readonly Affine[], scope: Scope): Named {
    const known = this.#find(value, index, scope);
    if (known !== undefined) return known;
    if (value.kind === "fold") {
      this.#fold([{ fold: value, index }], scope);
      return this.#find(value, index, scope)!;
    }
    const inputs = value.of.map((input) => this.#element(input, toInput(value, input, index), scope));
    const home = innermost(
      inputs.map((input) => input.scope),
      outermost(scope),
    );
    if (value.kind === "view") return this.#remember(value, index, inputs[0]!);
    const formula = fill(
      (value as Pointwise).formula,
      inputs.map(({ name }) => name),
    );
    return this.#remember(value, index, this.#define(this.#round(value, formula), home));
  }

  /** Loops that are made one may not make two of its elements one, so its own places count among those that are touched. */
  #remember(value: Value, index: readonly Affine[], named: Named): Named {
    const at = flatten(index, value.shape);
    this.#touched.push({ value, at });
    named.scope.names.set(`${value.id} ${toKey(at)}`, named);
    return named;
  }

  #define(expression: string, scope: Scope): Named {
    const name = `v${this.#names++}`;
    scope.lines.push(`const ${name} = ${expression};`);
    return { name, scope };
  }

  #round(value: Value, expression: string): string {
    if (value.dtype === "int32") return `(${expression}) | 0`;
    if (value.dtype === "float32" && this.#stored.rounds(value)) return `fround(${expression})`;
    return expression;
  }

  /** Folds of one size, in one loop; each becomes known under its name. */
  #fold(items: readonly Item[], scope: Scope): void {
    const home = scope.holding(...items.flatMap(({ index }) => index));
    const fresh = items.filter(({ fold, index }) => this.#find(fold, index, home) === undefined);
    const distinct = [...new Map(fresh.map((item) => [`${item.fold.id} ${item.index.map(toKey)}`, item])).values()];
    if (distinct.length === 0) return;
    const sizes = foldSizes(distinct[0]!.fold);
    const kinds = [...new Set(distinct.map(({ fold }) => fold))];
    const { index, ranges } = this.#merge(
      kinds.map(({ id }) => sizes.map((_, axis) => `k${id}_${axis}`)),
      sizes,
    );
    const states = distinct.map(({ fold }) => {
      const name = `s${this.#names++}`;
      home.lines.push(folds[fold.rule].start(name));
      return name;
    });
    this.#openFold(home, ranges, index, (inner, inside) => {
      distinct.forEach(({ fold, index: outside }, i) => {
        const along = inside[kinds.indexOf(fold)]!;
        const { name } = this.#element(fold.of[0]!, toDomain(fold, outside, along), inner);
        inner.lines.push(folds[fold.rule].next(states[i]!, name, () => this.#index(flatten(along, sizes), inner)));
      });
    });
    distinct.forEach(({ fold, index }, i) => {
      this.#remember(fold, index, this.#define(this.#round(fold, folds[fold.rule].result(states[i]!)), home));
    });
  }

  #openFold(
    scope: Scope,
    ranges: readonly Range[],
    index: readonly (readonly Affine[])[],
    body: (scope: Scope, index: readonly (readonly Affine[])[]) => void,
  ): void {
    const [first, ...rest] = ranges;
    if (first === undefined) {
      body(scope, index);
      return;
    }
    const short = this.#known !== undefined && ranges.reduce((n, range) => n * range.n, 1) <= shortLoop;
    if (!short) {
      this.#loop(scope, first, 0, first.n, 1, (inner) => this.#openFold(inner, rest, index, body));
      return;
    }
    for (let i = 0; i < first.n; i++) {
      const at = index.map((each) => each.map((axis) => substitute(axis, first.name, constant(i))));
      this.#openFold(scope, rest, at, body);
    }
  }

  #read(value: Value, at: Affine, scope: Scope): Named {
    const key = `${value.id} ${toKey(at)}`;
    const known = scope.find(key);
    if (known !== undefined) return known;
    const home = scope.holding(at);
    this.#reads.push({ value, at });
    const named = this.#define(this.#place(value, at, home), home);
    home.names.set(key, named);
    return named;
  }

  #place(value: Value, at: Affine, scope: Scope): string {
    const name = this.#memories.get(value) ?? `p${this.#memories.size}`;
    this.#memories.set(value, name);
    return `${name}[${this.#index(at, scope)}]`;
  }

  /** A place as a sum; what an inner loop does not change is added up outside it. */
  #index(at: Affine, scope: Scope): string {
    const home = scope.holding(at);
    const factor = home.variable === undefined ? undefined : at.terms.get(home.variable);
    if (factor === undefined) return String(at.base);
    const own = factor === 1 ? home.variable! : `${home.variable} * ${toSource(factor)}`;
    const rest = substitute(at, home.variable!, zero);
    if (rest.terms.size === 0) return rest.base === 0 ? own : `${own} + ${toSource(rest.base)}`;
    const fixed = { base: 0, terms: rest.terms };
    const key = `at ${toKey(fixed)}`;
    const outside = home.parent!.holding(fixed);
    const known = outside.find(key) ?? this.#define(this.#index(fixed, outside), outside);
    outside.names.set(key, known);
    return `${known.name} + ${own}${rest.base === 0 ? "" : ` + ${toSource(rest.base)}`}`;
  }
}
