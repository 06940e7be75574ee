/** The 97.5% quantiles of Student's t for 1 to 10 degrees of freedom. */
const QUANTILES = [12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139];

/** That of the normal distribution. */
const Z = 1.959963985;

/**
 * How many standard errors a 95% confidence interval reaches: a table, then the expansion of Abramowitz and Stegun 26.7.5, which is exact to 5 digits from there.
 *
 * @example
 * findStudent(4) // 2.776445
 */
export function findStudent(freedom: number): number {
  const exact = QUANTILES[freedom - 1];
  if (exact !== undefined) return exact;
  const terms = [
    (Z ** 3 + Z) / 4,
    (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96,
    (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / 384,
    (79 * Z ** 9 + 776 * Z ** 7 + 1482 * Z ** 5 - 1920 * Z ** 3 - 945 * Z) / 92160,
  ];
  return terms.reduce((sum, term, i) => sum + term / freedom ** (i + 1), Z);
}
