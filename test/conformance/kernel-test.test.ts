import { runPythonSuite } from "./suite.ts";

await runPythonSuite("kernel_test");
