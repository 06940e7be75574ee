/** Values over a plane: a row for each y, a value for each x. */
export interface Grid {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly values: readonly ArrayLike<number>[];
}

/** A line of equal value; closed where its last point is its first. */
export type Contour = readonly (readonly [x: number, y: number])[];

/**
 * The lines on which a grid has a value, by marching squares: in each cell the line runs between the edges where the corners change sides, and meets an edge where a
 * straight line between its corners has the value. In a saddle, where all four edges are met, the mean of the corners says which corners are joined. Cells with a corner
 * that is not finite are left out.
 *
 * @example
 * findContours({ x: [0, 1], y: [0, 1], values: [[0, 1], [0, 1]] }, 0.25) // [[[0.25, 0], [0.25, 1]]]
 * @see Lorensen and Cline 1987; Wyvill et al. 1986 for the saddle
 */
export function findContours(grid: Grid, level: number): Contour[] {
  const segments: Segment[] = [];
  for (let row = 0; row + 1 < grid.y.length; row++)
    for (let column = 0; column + 1 < grid.x.length; column++) segments.push(...crossCell(grid, level, row, column));
  return join(segments).map((edges) => edges.map((edge) => locate(grid, level, edge)));
}

/** An edge of the grid: a number, so that cells on both sides know it by the same name. */
type Edge = number;
type Segment = readonly [Edge, Edge];

/** Edges by the number of their lower left corner: even to the right of it, odd above it. */
function edgesOf(grid: Grid, row: number, column: number): { bottom: Edge; right: Edge; top: Edge; left: Edge } {
  const corner = row * grid.x.length + column;
  return { bottom: 2 * corner, right: 2 * (corner + 1) + 1, top: 2 * (corner + grid.x.length), left: 2 * corner + 1 };
}

function crossCell(grid: Grid, level: number, row: number, column: number): readonly Segment[] {
  const [low, high] = [grid.values[row]!, grid.values[row + 1]!];
  const corners = [low[column]!, low[column + 1]!, high[column + 1]!, high[column]!];
  if (!corners.every(Number.isFinite)) return [];
  const sides = corners.reduce((bits, value, i) => bits | (value >= level ? 1 << i : 0), 0);
  if (sides === 0 || sides === 15) return [];
  const edges = edgesOf(grid, row, column);
  const isHigh = corners.reduce((sum, value) => sum + value / 4, 0) >= level;
  const cuts = sides === 5 || sides === 10 ? SADDLES[isHigh === (sides === 5) ? "apart" : "along"] : CUTS[sides]!;
  return cuts.map(([a, b]) => [edges[a], edges[b]]);
}

type Side = "bottom" | "right" | "top" | "left";
type Cuts = readonly (readonly [Side, Side])[];

/** Which edges a line joins, by the corners at or above the level: 1 lower left, 2 lower right, 4 upper right, 8 upper left. */
const CUTS: Readonly<Record<number, Cuts>> = {
  1: [["left", "bottom"]],
  2: [["bottom", "right"]],
  3: [["left", "right"]],
  4: [["right", "top"]],
  6: [["bottom", "top"]],
  7: [["left", "top"]],
  8: [["left", "top"]],
  9: [["bottom", "top"]],
  11: [["right", "top"]],
  12: [["left", "right"]],
  13: [["bottom", "right"]],
  14: [["left", "bottom"]],
};

/** Lower left and upper right on one side: `apart` cuts off the two other corners, `along` these two. */
const SADDLES: Readonly<Record<"apart" | "along", Cuts>> = {
  apart: [
    ["bottom", "right"],
    ["left", "top"],
  ],
  along: [
    ["left", "bottom"],
    ["right", "top"],
  ],
};

/** Segments that meet on an edge, as long lines; lines that end at the border first, so that what is left over is closed. */
function join(segments: readonly Segment[]): Edge[][] {
  const at = new Map<Edge, number[]>();
  segments.forEach((segment, i) => {
    for (const edge of segment) at.set(edge, [...(at.get(edge) ?? []), i]);
  });
  const used = new Set<number>();
  const follow = (start: Edge, first: number): Edge[] => {
    const line = [start];
    for (let next: number | undefined = first; next !== undefined; ) {
      used.add(next);
      const [a, b] = segments[next]!;
      const end: Edge = line.at(-1) === a ? b : a;
      line.push(end);
      next = at.get(end)!.find((i) => !used.has(i));
    }
    return line;
  };
  const ends = [...at].filter(([, touching]) => touching.length === 1);
  const open = ends.flatMap(([edge, [first]]) => (used.has(first!) ? [] : [follow(edge, first!)]));
  const closed = segments.flatMap(([edge], i) => (used.has(i) ? [] : [follow(edge, i)]));
  return [...open, ...closed];
}

function locate({ x, y, values }: Grid, level: number, edge: Edge): readonly [number, number] {
  const corner = Math.floor(edge / 2);
  const [row, column] = [Math.floor(corner / x.length), corner % x.length];
  const isUpright = edge % 2 === 1;
  const from = values[row]![column]!;
  const to = isUpright ? values[row + 1]![column]! : values[row]![column + 1]!;
  const share = (level - from) / (to - from);
  const between = (axis: ArrayLike<number>, i: number) => axis[i]! + share * (axis[i + 1]! - axis[i]!);
  return isUpright ? [x[column]!, between(y, row)] : [between(x, column), y[row]!];
}
