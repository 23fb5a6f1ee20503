import { readFileSync } from "node:fs";

import { main } from "./main.js";

try {
  console.log(main(process.argv.slice(2), readFileSync(0, "utf8")));
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}
