// Sums, products and quotients of sizes in the type system. A size is split into decimal digits, so the work grows with the number
// of digits and not with the number; an unknown size in gives an unknown size out.
import type { Known, Shape, Size } from "./shape.ts";

/** `A + B`. */
export type Add<A extends Size, B extends Size> = Lift<A, B, ToNumber<AddDigits<Reverse<`${A}`>, Reverse<`${B}`>, []>>>;

/** `A – B`; a negative result is `never`. */
export type Subtract<A extends Size, B extends Size> = Lift<
  A,
  B,
  SubtractDigits<Reverse<`${A}`>, Reverse<`${B}`>, []> extends infer D extends string ? ToNumber<D> : never
>;

/** `A · B`. */
export type Multiply<A extends Size, B extends Size> = Lift<A, B, ToNumber<Times<Reverse<`${A}`>, Reverse<`${B}`>>>>;

/** `⌊A / D⌋` for a divisor from 1 to 99; above that it is `number`. */
export type Divide<A extends Size, D extends Size> = D extends 1
  ? A
  : Lift<
      A,
      D,
      Units<D> extends infer U extends [unknown, ...unknown[]] ? FromQuotient<Quotient<`${A}`, U, []>> : number
    >;

/** The product of the sizes of a shape. */
export type SizeOf<S extends Shape, Product extends Size = 1> = S extends readonly [
  infer A extends Size,
  ...infer R extends Shape,
]
  ? Known<A> extends true
    ? SizeOf<R, Product extends 1 ? A : Multiply<A, Product>>
    : number
  : S extends readonly []
    ? Product
    : number;

type Lift<A extends Size, B extends Size, Result> =
  Known<A> extends false ? number : Known<B> extends false ? number : Result;

/** Digits from the lowest to the highest. */
type Reverse<S extends string> = S extends `${infer H}${infer R}` ? `${Reverse<R>}${H}` : "";

type ToNumber<Digits extends string> = TrimZeros<Reverse<Digits>> extends `${infer N extends number}` ? N : number;
type TrimZeros<S extends string> = S extends `0${infer R}` ? (R extends "" ? "0" : TrimZeros<R>) : S;

/** A digit as a tuple of that length. */
type Tuples = {
  "0": [];
  "1": [0];
  "2": [0, 0];
  "3": [0, 0, 0];
  "4": [0, 0, 0, 0];
  "5": [0, 0, 0, 0, 0];
  "6": [0, 0, 0, 0, 0, 0];
  "7": [0, 0, 0, 0, 0, 0, 0];
  "8": [0, 0, 0, 0, 0, 0, 0, 0];
  "9": [0, 0, 0, 0, 0, 0, 0, 0, 0];
};
type Digit = keyof Tuples;
/** A number of one or two digits as a tuple of that length. */
type Units<D extends Size> = `${D}` extends Digit
  ? Tuples[`${D}`]
  : `${D}` extends `${infer T extends Digit}${infer U extends Digit}`
    ? [...Repeat<[0, 0, 0, 0, 0, 0, 0, 0, 0, 0], Tuples[T]>, ...Tuples[U]]
    : [];
type Length<T extends unknown[]> = T["length"] extends infer N extends number ? `${N}` : never;

// a + b + carry is at most 19: "17" is digit 7, carry 1
type AddDigits<
  A extends string,
  B extends string,
  Carry extends unknown[],
> = A extends `${infer D extends Digit}${infer R}`
  ? B extends `${infer E extends Digit}${infer Q}`
    ? Emit<Length<[...Tuples[D], ...Tuples[E], ...Carry]>, R, Q>
    : Carry extends []
      ? A
      : Emit<Length<[...Tuples[D], ...Carry]>, R, "">
  : B extends ""
    ? Carry extends []
      ? ""
      : "1"
    : AddDigits<B, "", Carry>;
type Emit<Sum extends string, A extends string, B extends string> = Sum extends `1${infer D extends Digit}`
  ? `${D}${AddDigits<A, B, [0]>}`
  : `${Sum}${AddDigits<A, B, []>}`;

type SubtractDigits<
  A extends string,
  B extends string,
  Borrow extends unknown[],
> = A extends `${infer D extends Digit}${infer R}`
  ? B extends `${infer E extends Digit}${infer Q}`
    ? Take<D, [...Tuples[E], ...Borrow], R, Q>
    : Borrow extends []
      ? A
      : Take<D, Borrow, R, "">
  : B extends ""
    ? Borrow extends []
      ? ""
      : never
    : never;
type Take<D extends Digit, Off extends unknown[], A extends string, B extends string> = Tuples[D] extends [
  ...Off,
  ...infer Left,
]
  ? `${Length<Left>}${SubtractDigits<A, B, []>}`
  : [...Tuples[D], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] extends [...Off, ...infer Left]
    ? `${Length<Left>}${SubtractDigits<A, B, [0]>}`
    : never;

// schoolbook: A times each digit of B, shifted
type Times<A extends string, B extends string> = B extends `${infer D extends Digit}${infer R}`
  ? R extends ""
    ? TimesDigit<A, D, []>
    : AddDigits<TimesDigit<A, D, []>, `0${Times<A, R>}`, []>
  : "0";
type TimesDigit<
  A extends string,
  D extends Digit,
  Carry extends unknown[],
> = A extends `${infer E extends Digit}${infer R}`
  ? EmitProduct<Length<[...Repeat<Tuples[E], Tuples[D]>, ...Carry]>, R, D>
  : Carry extends []
    ? ""
    : Length<Carry>;
type EmitProduct<
  P extends string,
  A extends string,
  D extends Digit,
> = P extends `${infer T extends Digit}${infer U extends Digit}`
  ? `${U}${TimesDigit<A, D, Tuples[T]>}`
  : `${P}${TimesDigit<A, D, []>}`;
type Repeat<T extends unknown[], N extends unknown[]> = N extends [unknown, ...infer M] ? [...T, ...Repeat<T, M>] : [];

// long division from the highest digit: remainder · 10 + digit is below 990
type Quotient<
  A extends string,
  D extends unknown[],
  Rest extends unknown[],
> = A extends `${infer E extends Digit}${infer R}`
  ? Step<[...Repeat<[0, 0, 0, 0, 0, 0, 0, 0, 0, 0], Rest>, ...Tuples[E]], D, R>
  : "";
type Step<T extends unknown[], D extends unknown[], R extends string, Q extends unknown[] = []> = T extends [
  ...D,
  ...infer Left,
]
  ? Step<Left, D, R, [...Q, 0]>
  : `${Length<Q>}${Quotient<R, D, T>}`;
type FromQuotient<S extends string> = TrimZeros<S> extends `${infer N extends number}` ? N : number;
