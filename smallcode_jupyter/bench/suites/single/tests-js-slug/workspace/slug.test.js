// Tests of slug.js.
import assert from "node:assert";
import test from "node:test";
import { slug } from "./slug.js";
