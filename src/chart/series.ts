import { COLOURS, DASHES, SHAPES } from "./palette.ts";

/** Legends longer than this are cut, with a count. */
const MOST_NAMES = 20;

/** How the `i`-th of many series looks: after the last colour the dashes and shapes move on by one, so that 49 can be told apart. */
const pick = <T>(from: readonly T[], i: number) => from[(i + Math.floor(i / COLOURS.length)) % from.length]!;
const COLOUR = (_: string, i: number) => COLOURS[i % COLOURS.length]!;

type Channels = Readonly<Record<string, object>>;

export interface SeriesOptions {
  /** The field that names the series. Default "series". */
  readonly field?: string;
  /** What stands above the legend. Default nothing. */
  readonly title?: string | null;
  /** Where the legend stands. Default "right". */
  readonly orient?: string;
}

/** Series by colour and dash: the channels of a line. One series has no legend unless `orient` is given. */
export function toStrokes(names: readonly string[], options: SeriesOptions = {}): Channels {
  const { color, channel } = toChannels(names, options, { symbolType: "stroke", symbolSize: 400 });
  return { color, strokeDash: channel(names.map((_, i) => pick(DASHES, i))) };
}

/** Series by colour and shape: the channels of points. */
export function toPoints(names: readonly string[], options: SeriesOptions = {}): Channels {
  const { color, channel } = toChannels(names, options, { symbolOpacity: 1 });
  return { color, shape: channel(names.map((_, i) => pick(SHAPES, i))) };
}

/** Series by colour, dash and shape: the channels of lines with points on them. The legend shows the points. */
export function toStrokedPoints(names: readonly string[], options: SeriesOptions = {}): Channels {
  const { color, channel } = toChannels(names, options, { symbolStrokeWidth: 0, symbolOpacity: 1 });
  return {
    color,
    strokeDash: channel(names.map((_, i) => pick(DASHES, i))),
    shape: channel(names.map((_, i) => pick(SHAPES, i))),
  };
}

/** Series by colour alone, for marks that name themselves otherwise too: bars beside each other, areas. */
export function toColours(names: readonly string[], options: SeriesOptions = {}): Channels {
  return { color: toChannels(names, options, {}).color };
}

/** A click on a name of the legend shows its series alone; with shift it adds one. Stands in the `params` of one unit of the chart. */
export function toLegendSelection(field = "series"): object {
  return { name: "picked", select: { type: "point", fields: [field] }, bind: "legend" };
}

/** The opacity of what was not picked in the legend. */
export function toOpacity(shown = 1): object {
  return { condition: { param: "picked", value: shown }, value: shown * 0.12 };
}

function toChannels(names: readonly string[], { field = "series", title = null, orient }: SeriesOptions, look: object) {
  const hasLegend = names.length > 1 || orient !== undefined;
  const cut =
    names.length > MOST_NAMES
      ? { values: names.slice(0, MOST_NAMES), title: title ?? `${MOST_NAMES} of ${names.length.toLocaleString("en")}` }
      : { title };
  const legend = hasLegend ? { ...look, ...cut, labelLimit: 240, orient: orient ?? "right" } : null;
  const channel = (range: readonly unknown[]) => ({
    field,
    type: "nominal",
    sort: null,
    scale: { domain: [...names], range },
    legend,
  });
  return { color: channel(names.map(COLOUR)), channel };
}
