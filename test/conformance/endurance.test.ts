import { runPythonSuite } from "./suite.ts";

await runPythonSuite("endurance");
