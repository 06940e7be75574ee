import type { Picture } from "./encodePng.ts";

/**
 * A picture of about `side` pixels on its longer side: smaller ones with every pixel as a block, so that no viewer blurs them, larger ones by the mean over what falls into
 * each pixel.
 */
export function resample(picture: Picture, side: number): Picture {
  const longest = Math.max(picture.width, picture.height);
  return longest <= side ? enlarge(picture, Math.max(1, Math.floor(side / longest))) : shrink(picture, side / longest);
}

function enlarge({ width, height, channels, bytes }: Picture, factor: number): Picture {
  const [wide, high] = [width * factor, height * factor];
  const out = new Uint8Array(wide * high * channels);
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++)
      for (let c = 0; c < channels; c++)
        out[(y * wide + x) * channels + c] =
          bytes[(Math.floor(y / factor) * width + Math.floor(x / factor)) * channels + c]!;
  return { width: wide, height: high, channels, bytes: out };
}

function shrink({ width, height, channels, bytes }: Picture, factor: number): Picture {
  const [wide, high] = [Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor))];
  const out = new Uint8Array(wide * high * channels);
  for (let y = 0; y < high; y++) {
    const [top, bottom] = span(y, height / high);
    for (let x = 0; x < wide; x++) {
      const [left, right] = span(x, width / wide);
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let row = top; row < bottom; row++)
          for (let column = left; column < right; column++) sum += bytes[(row * width + column) * channels + c]!;
        out[(y * wide + x) * channels + c] = Math.round(sum / ((bottom - top) * (right - left)));
      }
    }
  }
  return { width: wide, height: high, channels, bytes: out };
}

/** The old pixels under a new one: one at least. */
function span(at: number, ratio: number): readonly [from: number, to: number] {
  const from = Math.floor(at * ratio);
  return [from, Math.max(from + 1, Math.floor((at + 1) * ratio))];
}
