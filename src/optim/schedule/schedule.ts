/** The learning rate at a step; the first step is 0. A pure function: to plot, to give to an optimizer as `lr`, to build others from. */
export type Schedule = (step: number) => number;
