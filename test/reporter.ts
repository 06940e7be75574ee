import type { Reporter, TestCase, TestModule } from "vitest/node";

/**
 * The last lines of a run: every test that was skipped with its reason, then `N passed, N failed`. A skip without a reason is a
 * failure, and in CI any skip is: what was not run has not been shown.
 */
export default class ClosingLines implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const skipped = tests.filter((test) => test.result().state === "skipped");
    const silent = skipped.filter((test) => !findReason(test));
    for (const test of skipped) {
      const place = test.module.moduleId.replace(/^.*\/test\//, "test/");
      process.stdout.write(
        `not run: ${place} > ${test.fullName}: ${findReason(test) ?? "no reason is given, which counts as a failure"}\n`,
      );
    }
    const passed = tests.filter((test) => test.result().state === "passed").length;
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const refused = process.env["CI"] ? skipped.length : silent.length;
    const failed = tests.filter((test) => test.result().state === "failed").length + broken + errors.length + refused;
    if (failed > 0) process.exitCode = 1;
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}

function findReason(test: TestCase): string | undefined {
  const result = test.result();
  return result.state === "skipped" ? result.note : undefined;
}
