import { toSafe } from "../metric/safe.ts";
import { Tensor } from "../tensor/tensor.ts";

/** What is shown of a model. */
export interface Fitted {
  readonly name: string;
  readonly coefficients: Tensor;
  readonly intercept: number | Tensor;
  readonly iterations: number;
  readonly converged: boolean;
  /** The names of the rows of coefficients, if there are several. */
  readonly rowNames?: readonly string[];
}

const shown = 12;

/** A line for each output or class: its intercept and its coefficients. */
export function writeCoefficients(model: Fitted): { readonly text: string; readonly html: string } {
  const intercepts = model.intercept instanceof Tensor ? [...model.intercept.data] : [model.intercept];
  const width = model.coefficients.size / intercepts.length;
  const lines = intercepts.map((intercept, m) => ({
    name: intercepts.length > 1 ? `${model.rowNames?.[m] ?? `output ${m}`}: ` : "",
    intercept,
    coefficients: Array.from(model.coefficients.data.slice(m * width, m * width + Math.min(width, shown))),
  }));
  const cut = width > shown ? `, … ${width - shown} more` : "";
  const stopped = model.converged ? "" : ` – not converged after ${model.iterations} iterations`;
  const text = lines
    .map(
      (line) =>
        `  ${line.name}coefficients [${line.coefficients.map(write).join(", ")}${cut}], intercept ${write(line.intercept)}`,
    )
    .join("\n");
  const head = lines[0]!.coefficients.map((_, i) => `<th>x${i}</th>`).join("");
  const rows = lines.map((line) => {
    const cells = line.coefficients.map((n) => `<td style="text-align:right">${write(n)}</td>`).join("");
    return `<tr><th>${toSafe(line.name.replace(": ", ""))}</th>${cells}${cut && "<td>…</td>"}<td style="text-align:right">${write(line.intercept)}</td></tr>`;
  });
  const title = toSafe(model.name + stopped);
  return {
    text: `${model.name}${stopped}\n${text}`,
    html: `<table><caption>${title}</caption><thead><tr><th></th>${head}${cut && "<th>…</th>"}<th>intercept</th></tr></thead><tbody>${rows.join("")}</tbody></table>`,
  };
}

function write(n: number): string {
  return String(Number(n.toPrecision(6)));
}
