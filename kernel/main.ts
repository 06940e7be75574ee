/** `node main.js <connection file>`: what the kernelspec starts. */
import { runKernelProcess } from "./process.ts";

await runKernelProcess(process.argv.slice(2));
