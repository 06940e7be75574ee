import { Generator } from "../../tensor/random/random.ts";
import { sameShape } from "../../tensor/shape/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Drawing } from "./drawing.ts";
import type { Run } from "./plan.ts";

/** True if arguments are like those that a graph was drawn for; on the way their tensors, generators and states are put into `run`. */
export type Pattern = (value: unknown, run: Run) => boolean;

/** A plain value of the arguments: it is part of the graph. */
export interface Plain {
  readonly path: string;
  readonly value: unknown;
}

/** What the drawing gets for an argument, and how to recognise others like it. */
interface Taken {
  readonly standIn: unknown;
  readonly matches: Pattern;
}

/** The arguments of a function, taken apart. */
export class Arguments {
  readonly plain: Plain[] = [];
  readonly #drawing: Drawing;
  readonly #generators: Generator[] = [];
  #tensors = 0;

  constructor(drawing: Drawing) {
    this.#drawing = drawing;
  }

  take(value: unknown, path: string): Taken {
    if (value instanceof Tensor) return this.#takeTensor(value, path);
    if (value instanceof Generator) return this.#takeGenerator(value);
    if (Array.isArray(value)) return this.#takeArray(value, path);
    if (isState(value)) return this.#takeState(value, path);
    if (isPlainObject(value)) return this.#takeObject(value, path);
    this.plain.push({ path, value });
    return { standIn: value, matches: (other) => Object.is(other, value) };
  }

  #takeTensor({ shape, dtype }: Tensor, path: string): Taken {
    return {
      standIn: this.#drawing.argument(path.replace(/^\./, ""), { shape, dtype }, this.#tensors++),
      matches: (other, run) => {
        if (!(other instanceof Tensor) || other.dtype !== dtype || !sameShape(other.shape, shape)) return false;
        run.tensors.push(other);
        return true;
      },
    };
  }

  /** The same one twice is another pattern than two: draws from one of them move the other on. */
  #takeGenerator(generator: Generator): Taken {
    const found = this.#generators.indexOf(generator);
    const index = found < 0 ? this.#generators.push(generator) - 1 : found;
    this.#drawing.generator(generator);
    return {
      standIn: generator,
      matches: (other, run) => {
        if (!(other instanceof Generator)) return false;
        if (index < run.generators.length) return run.generators[index] === other;
        if (run.generators.includes(other)) return false;
        run.generators.push(other);
        return true;
      },
    };
  }

  #takeArray(values: readonly unknown[], path: string): Taken {
    const parts = values.map((value, i) => this.take(value, `${path}[${i}]`));
    const { length } = parts;
    return {
      standIn: parts.map(({ standIn }) => standIn),
      matches: (other, run) => {
        if (!Array.isArray(other) || other.length !== length) return false;
        for (let i = 0; i < length; i++) if (!parts[i]!.matches(other[i], run)) return false;
        return true;
      },
    };
  }

  #takeObject(value: Readonly<Record<string, unknown>>, path: string): Taken {
    const keys = Object.keys(value);
    const parts = keys.map((key) => this.take(value[key], `${path}.${key}`));
    return {
      standIn: Object.fromEntries(keys.map((key, i) => [key, parts[i]!.standIn])),
      matches: (other, run) => {
        if (!isPlainObject(other) || Object.keys(other).length !== keys.length) return false;
        for (let i = 0; i < keys.length; i++) {
          if (!(keys[i]! in other) || !parts[i]!.matches(other[keys[i]!], run)) return false;
        }
        return true;
      },
    };
  }

  /** Its numbers change with every step, and the graph does not depend on them – unless the function looks at them. */
  #takeState(state: StateLike, path: string): Taken {
    const keys = ["slots", "history", "parts"] as const;
    const { step, numbers } = state;
    const rest = keys.map((key) => this.take(state[key], `${path}.${key}`));
    const standIns = Object.fromEntries(keys.map((key, i) => [key, rest[i]!.standIn]));
    let isRead = false;
    // the drawing is kept, and is not to hold the tensors of the first step
    const standIn = this.#drawing.state<StateLike>({ ...state, ...standIns }, ["step", "numbers"], standIns, () => {
      if (!isRead) this.plain.push({ path: `${path}.step`, value: step });
      isRead = true;
    });
    return {
      standIn,
      matches: (other, run) => {
        if (!isState(other)) return false;
        if (isRead && !(other.step === step && sameNumbers(other.numbers, numbers))) return false;
        for (let i = 0; i < keys.length; i++) if (!rest[i]!.matches(other[keys[i]!], run)) return false;
        run.states.push(other);
        return true;
      },
    };
  }
}

/** What an optimizer remembers, as `src/optim` writes it. */
interface StateLike {
  readonly step: number;
  readonly slots: unknown;
  readonly numbers: Readonly<Record<string, number>>;
  readonly history: unknown;
  readonly parts: unknown;
}

const parts: readonly (keyof StateLike)[] = ["step", "slots", "numbers", "history", "parts"];

function isState(value: unknown): value is StateLike {
  if (!isPlainObject(value) || typeof value["step"] !== "number") return false;
  return Object.keys(value).length === parts.length && parts.every((part) => part in value);
}

function sameNumbers(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]));
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
