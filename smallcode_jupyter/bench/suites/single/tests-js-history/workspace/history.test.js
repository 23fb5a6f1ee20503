// Tests of history.js.
import assert from "node:assert";
import test from "node:test";
import { History } from "./history.js";
