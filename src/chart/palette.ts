/**
 * Colours that colour-blind readers can tell apart, in the order of Okabe and Ito (Color Universal Design, 2008), the darker first;
 * lines differ in their dashes as well, so that nothing is said by colour alone.
 */
export const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000"] as const;
export const DASHES = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 2, 2, 2],
  [4, 4],
  [1, 3],
  [10, 4],
] as const;
