import { createRequire } from "node:module";

export const FONT_FAMILY = "Source Sans 3";

/** The files of the bundled font: regular and bold. */
export function findFonts(): [regular: string, bold: string] {
  const { resolve } = createRequire(import.meta.url);
  const find = (file: string) => resolve(`@expo-google-fonts/source-sans-3/${file}`);
  return [find("400Regular/SourceSans3_400Regular.ttf"), find("700Bold/SourceSans3_700Bold.ttf")];
}
