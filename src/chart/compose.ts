import { Chart } from "./chart.ts";
import type { Specification } from "./specification.ts";

/**
 * Charts on top of each other, on common axes; the first one's title and size.
 *
 * @example
 * const x = [1, 2, 3];
 * chart.layer(chart.scatter({ x, y: [2, 4, 5] }), chart.line({ x, y: [2.1, 3.6, 5.1] })).spec.width // 400
 * @throws RangeError `layer: at least one chart is needed, got none.`
 */
export function layer(...charts: readonly Chart[]): Chart<readonly unknown[]> {
  const [first] = check("layer", charts);
  const { title, width, height } = first!.spec;
  const parts = charts.map(({ spec }, i) => part(spec, i));
  const joined = parts.find(({ body }) =>
    ["hconcat", "vconcat", "concat", "facet", "repeat"].some((key) => key in body),
  );
  if (joined)
    throw new TypeError("layer: a chart of several views cannot lie on another; use row or column where layer is.");
  return compose(charts, parts, {
    ...(title !== undefined && { title }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    layer: parts.map(({ body: { title: _, width: __, height: ___, ...rest } }) => rest),
    ...APART,
  });
}

/**
 * Charts side by side.
 *
 * @example
 * const [truth, scores] = [[0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]];
 * chart.row(chart.rocCurve(truth, scores), chart.precisionRecall(truth, scores)).numbers.length // 2
 * @throws RangeError `row: at least one chart is needed, got none.`
 */
export function row(...charts: readonly Chart[]): Chart<readonly unknown[]> {
  check("row", charts);
  const parts = charts.map(({ spec }, i) => part(spec, i));
  return compose(charts, parts, { hconcat: parts.map(({ body }) => body), ...APART });
}

/**
 * Charts one below the other.
 *
 * @example
 * chart.column(chart.lossCurve({ train: [2, 1] }), chart.lossCurve({ train: [2, 1.5] })).rows.length // 4
 * @throws RangeError `column: at least one chart is needed, got none.`
 */
export function column(...charts: readonly Chart[]): Chart<readonly unknown[]> {
  check("column", charts);
  const parts = charts.map(({ spec }, i) => part(spec, i));
  return compose(charts, parts, { vconcat: parts.map(({ body }) => body), ...APART });
}

/** Each chart keeps its own colours and legends. */
const APART = { resolve: { scale: { color: "independent", strokeDash: "independent", shape: "independent" } } };

interface Part {
  readonly body: Specification;
  readonly params: readonly object[];
}

function check(name: string, charts: readonly Chart[]): readonly Chart[] {
  if (charts.length === 0) throw new RangeError(`${name}: at least one chart is needed, got none.`);
  charts.forEach((each, i) => {
    if (!(each instanceof Chart))
      throw new TypeError(
        `${name}: argument ${i + 1} is ${each === null ? "null" : typeof each} where a chart is needed.`,
      );
  });
  return charts;
}

function compose(charts: readonly Chart[], parts: readonly Part[], body: Specification): Chart<readonly unknown[]> {
  const params = parts.flatMap((each) => each.params);
  return new Chart(
    { ...(params.length > 0 && { params }), ...body },
    charts.map(({ description }) => description).join(" "),
    charts.map(({ numbers }) => numbers),
    charts.flatMap(({ rows }) => rows),
  );
}

/**
 * A chart as a part of another.
 *
 * 1. its parameters get names of their own, wherever they are mentioned: two charts may both have a `hover`
 * 2. sliders move to the top, the only place where Vega-Lite has them; selections stay with the view in which they are made
 */
function part(spec: Specification, index: number): Part {
  const { $schema: _, config: __, description: ___, ...rest } = spec;
  const names = findNames(rest);
  const renamed = rename(rest, new Map([...names].map((name) => [name, `${name}_${index + 1}`]))) as Specification;
  const { params = [], ...body } = renamed as { params?: readonly object[] };
  const selections = params.filter((each) => "select" in each);
  return {
    body: { ...body, ...(selections.length > 0 && { params: selections }) },
    params: params.filter((each) => !("select" in each)),
  };
}

function findNames(value: unknown, names = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const each of value) findNames(each, names);
  else if (typeof value === "object" && value !== null)
    for (const [key, each] of Object.entries(value)) {
      if (KEPT.has(key)) continue;
      if (key === "params" && Array.isArray(each)) for (const { name } of each as { name: string }[]) names.add(name);
      findNames(each, names);
    }
  return names;
}

const KEPT = new Set(["values", "bind"]);

/** Names stand in `param` and `name`, and as words of expressions. */
function rename(value: unknown, names: ReadonlyMap<string, string>, key = ""): unknown {
  if (typeof value === "string") {
    if (key === "param" || key === "name") return names.get(value) ?? value;
    const isExpression = ["expr", "calculate", "filter", "test", "update", "labelExpr"].includes(key);
    // what stands between quotation marks is text
    return isExpression
      ? value.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![.\w])[A-Za-z_]\w*/g, (word) => names.get(word) ?? word)
      : value;
  }
  if (Array.isArray(value)) return value.map((each) => rename(each, names, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    // a `bind` holds the words beside a slider
    Object.entries(value).map(([inner, each]) => [inner, KEPT.has(inner) ? each : rename(each, names, inner)]),
  );
}
