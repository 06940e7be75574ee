import { type Labels, toLabels } from "../../metric/input.ts";
import { ShapeError, writeShape } from "../../tensor/shape/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toCount, toText } from "../text.ts";
import { encodePng, type Picture } from "./encodePng.ts";
import { resample } from "./resample.ts";

export interface ImageGridOptions extends Omit<ChartOptions, "width" | "height"> {
  /** What stands under each image: its label, or what it was taken for. */
  captions?: Labels;
  /** Images in a row. Default as many as make a square, at most 10. */
  columns?: number;
  /** Images shown at most, the first ones. Default 100. */
  limit?: number;
  /** Pixels on the page of an image's longer side. Default 48. */
  size?: number;
  /**
   * The values of black and white. Unless given, grey images run from the lowest to the highest value of all (Matplotlib's `imshow`), and coloured ones from 0 to 1, or to 255 for
   * whole numbers above 1.
   */
  range?: readonly [black: number, white: number];
}

export interface ImageGridNumbers {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** The values of black and white. */
  readonly range: readonly [number, number];
  /** The share of values outside that range, which are black or white. */
  readonly clipped: number;
}

/** The bytes of all pictures before compression: a chart is to stay under half a megabyte. */
const MOST_BYTES = 240_000;

/**
 * Images side by side: grey ones `[N, H, W]` or `[N, 1, H, W]`, coloured ones `[N, 3, H, W]`, with a caption each. Large images are shown smaller, the more so the more there are.
 *
 * Options: `captions`, `columns`, `limit` (100), `size` (48), `range`, `title`.
 *
 * @example
 * const { features, target } = data.digits();
 * chart.imageGrid(features.slice([0, 20]).reshape([20, 8, 8]), { captions: target.slice([0, 20]) })
 * // "20 images of 8 × 8 pixels, grey from 0 to 16."
 * @throws TypeError `imageGrid: images must be a tensor: tensor(…) makes one.`
 * @throws ShapeError `imageGrid: images of shape [64] where [N, H, W] or [N, C, H, W] with 1 or 3 channels is needed.`
 * @throws RangeError `imageGrid: 3 captions do not match 20 images.`
 */
export function imageGrid(
  images: Tensor,
  { captions, columns, limit = 100, size = 48, range, title = "Images" }: ImageGridOptions = {},
): Chart<ImageGridNumbers> {
  if (!(images instanceof Tensor)) throw new TypeError("imageGrid: images must be a tensor: tensor(…) makes one.");
  const { count, height, width, channels } = toSizes(images);
  checkWhole("limit", limit, 1, 400);
  checkWhole("size", size, 8, 400);
  if (columns !== undefined) checkWhole("columns", columns, 1, 400);
  const names = captions && toLabels("imageGrid", "captions", captions);
  if (names && names.length !== count)
    throw new RangeError(`imageGrid: ${names.length} captions do not match ${toCount(count, "image")}.`);
  const shown = Math.min(count, limit);
  const values: ArrayLike<number> = images.data.subarray(0, shown * channels * height * width);
  const [low, high] = range ?? findRange(values, channels);
  if (!(low < high)) throw new RangeError(`imageGrid: range must rise, got [${low}, ${high}].`);
  const sizes = { count, height, width, channels };
  const clipped = countOutside(values, low, high);
  const numbers = { ...sizes, range: [low, high] as const, clipped: clipped / values.length };
  // twice as fine as the page, for screens with small pixels
  const side = Math.min(2 * size, Math.max(8, Math.floor(Math.sqrt(MOST_BYTES / shown / channels))));
  const across = columns ?? Math.min(10, Math.ceil(Math.sqrt(shown)));
  const rows = Array.from({ length: shown }, (_, i) => ({
    column: i % across,
    row: Math.floor(i / across),
    image: i,
    ...(names && { caption: String(names[i]!) }),
    url: toUrl(resample(toPicture(values, i, sizes, [low, high]), side)),
  }));
  const spec = draw(rows, { title, size, ratio: width / height, hasCaptions: names !== undefined });
  const table = rows.map(({ url: _, column: __, row: ___, ...rest }) => rest);
  return new Chart(spec, describe(numbers, shown), numbers, table);
}

type Sizes = Pick<ImageGridNumbers, "count" | "height" | "width" | "channels">;

function toSizes({ shape }: Tensor): Sizes {
  const [count, channels, height, width] = shape.length === 3 ? [shape[0], 1, shape[1], shape[2]] : shape;
  if ((shape.length !== 3 && shape.length !== 4) || (channels !== 1 && channels !== 3))
    throw new ShapeError(
      `imageGrid: images of shape ${writeShape(shape)} where [N, H, W] or [N, C, H, W] with 1 or 3 channels is needed.`,
    );
  if (shape.includes(0)) throw new ShapeError(`imageGrid: images of shape ${writeShape(shape)} hold no pixel.`);
  return { count: count!, height: height!, width: width!, channels };
}

function checkWhole(what: string, value: number, from: number, to: number): void {
  if (!Number.isInteger(value) || value < from || value > to)
    throw new RangeError(`imageGrid: ${what} must be a whole number from ${from} to ${to}, got ${value}.`);
}

function findRange(data: ArrayLike<number>, channels: 1 | 3): readonly [number, number] {
  let [low, high, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
    whole &&= Number.isInteger(value);
  }
  if (low > high) return [0, 1];
  if (channels === 3 && low >= 0 && high <= 1) return [0, 1];
  if (channels === 3 && low >= 0 && high <= 255 && whole) return [0, 255];
  return low < high ? [low, high] : [low - 0.5, low + 0.5];
}

function countOutside(values: ArrayLike<number>, low: number, high: number): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!(values[i]! >= low && values[i]! <= high)) count++;
  return count;
}

/** One image, its channels together in each pixel; what is no number is black. */
function toPicture(
  data: ArrayLike<number>,
  image: number,
  { height, width, channels }: Sizes,
  [low, high]: readonly [number, number],
): Picture {
  const area = height * width;
  const bytes = new Uint8Array(area * channels);
  for (let c = 0; c < channels; c++)
    for (let at = 0; at < area; at++) {
      const value = data[(image * channels + c) * area + at]!;
      const part = Math.min(1, Math.max(0, (value - low) / (high - low)));
      bytes[at * channels + c] = Number.isNaN(part) ? 0 : Math.round(part * 255);
    }
  return { width, height, channels, bytes };
}

function toUrl(picture: Picture): string {
  return `data:image/png;base64,${Buffer.from(encodePng(picture)).toString("base64")}`;
}

interface Look {
  readonly title: string;
  readonly size: number;
  /** Width over height. */
  readonly ratio: number;
  readonly hasCaptions: boolean;
}

function draw(rows: readonly object[], { title, size, ratio, hasCaptions }: Look): Record<string, unknown> {
  const [width, height] = ratio >= 1 ? [size, size / ratio] : [size * ratio, size];
  const place = (field: string) => ({ field, type: "ordinal", axis: null, scale: { padding: 0 } });
  return {
    title,
    width: { step: width + 10 },
    height: { step: height + (hasCaptions ? 24 : 10) },
    data: { values: rows },
    view: { stroke: null },
    encoding: {
      x: place("column"),
      y: place("row"),
      // else the accessible name of an image would be all of its bytes
      description: { field: hasCaptions ? "caption" : "image", type: "nominal" },
      tooltip: [
        { field: "image", type: "quantitative", format: ",d" },
        ...(hasCaptions ? [{ field: "caption", type: "nominal" }] : []),
      ],
    },
    layer: [
      { mark: { type: "image", width, height }, encoding: { url: { field: "url", type: "nominal" } } },
      ...(hasCaptions
        ? [
            {
              mark: { type: "text", dy: height / 2 + 8, fontSize: 11, limit: width + 8, color: "#808080" },
              encoding: { text: { field: "caption", type: "nominal" } },
            },
          ]
        : []),
    ],
  };
}

function describe({ count, height, width, channels, range, clipped }: ImageGridNumbers, shown: number): string {
  const left = shown < count ? ` The first ${shown} are shown.` : "";
  const outside = clipped > 0 ? ` ${toText(100 * clipped)}% of the values lie outside.` : "";
  const colour = channels === 1 ? "grey" : "in colour";
  return `${toCount(count, "image")} of ${width} × ${height} pixels, ${colour} from ${toText(range[0])} to ${toText(range[1])}.${outside}${left}`;
}
