import type { Values } from "./values.ts";

const digits = 8;

/** Numbers padded to one width, as NumPy does: as many digits as needed, at most 8 after the point, `1.e+10` where they differ by more than 1000. */
export function writeNumbers(values: Values, at: readonly number[]): string[] {
  const numbers = at.map((i) => values.data[i]!);
  if (values.dtype === "bool") return pad(numbers.map((n) => (n ? "True" : "False")));
  if (values.dtype === "int32") return pad(numbers.map(String));
  const single = values.dtype === "float32";
  const magnitudes = numbers.filter((n) => Number.isFinite(n) && n !== 0).map(Math.abs);
  const max = magnitudes.reduce((a, b) => Math.max(a, b), 0);
  const min = magnitudes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const scientific = magnitudes.length > 0 && (max >= 1e8 || min < 1e-4 || max / min > 1000);
  return pad(scientific ? writeScientific(numbers, single) : writeFixed(numbers, single));
}

/** The shortest decimal that reads back as the same number of this precision. */
export function shortest(n: number, single: boolean): string {
  if (!single) return String(n);
  for (let precision = 1; precision < 9; precision++) {
    const text = n.toPrecision(precision);
    if (Math.fround(Number(text)) === n) return String(Number(text));
  }
  return n.toPrecision(9);
}

function writeFixed(numbers: readonly number[], single: boolean): string[] {
  const texts = numbers.map((n) => (Number.isFinite(n) ? fixed(n, single) : special(n)));
  const width = Math.max(0, ...texts.map((text) => (text.includes(".") ? text.length - text.indexOf(".") : 0)));
  return texts.map((text) => (text.includes(".") ? text.padEnd(text.indexOf(".") + width) : text));
}

function fixed(n: number, single: boolean): string {
  const text = shortest(n, single);
  const fraction = text.includes("e") ? digits : (text.split(".")[1]?.length ?? 0);
  const rounded =
    fraction === 0 ? Number(text).toFixed(0) : Number(text).toFixed(Math.min(digits, fraction)).replace(/0+$/, "");
  return `${Object.is(n, -0) ? "-0" : rounded}${rounded.includes(".") ? "" : "."}`;
}

function writeScientific(numbers: readonly number[], single: boolean): string[] {
  const finite = numbers.filter(Number.isFinite);
  const fractions = finite.map((n) => {
    const text = shortest(n, single);
    return Number(text).toExponential().split("e")[0]!.split(".")[1]?.length ?? 0;
  });
  const fraction = Math.min(digits, Math.max(0, ...fractions));
  return numbers.map((n) => {
    if (!Number.isFinite(n)) return special(n);
    const [mantissa, exponent] = Number(shortest(n, single)).toExponential(fraction).split("e") as [string, string];
    const power = Math.abs(Number(exponent)).toString().padStart(2, "0");
    return `${Object.is(n, -0) ? "-" : ""}${mantissa}${mantissa.includes(".") ? "" : "."}e${exponent.startsWith("-") ? "-" : "+"}${power}`;
  });
}

function special(n: number): string {
  return Number.isNaN(n) ? "nan" : n > 0 ? "inf" : "-inf";
}

function pad(texts: string[]): string[] {
  const width = texts.reduce((w, text) => Math.max(w, text.length), 0);
  return texts.map((text) => text.padStart(width));
}
