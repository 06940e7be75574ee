/** The many lines of a logarithmic axis would hide what is drawn. */
export const LOG_AXIS = {
  format: "~g",
  gridOpacity: 0.12,
};
