import subprocess

script = r'''
const assert = require("assert");
const {formatBytes, parseBytes} = require("./units.js");
assert.strictEqual(formatBytes(0), "0 B");
assert.strictEqual(formatBytes(500), "500 B");
assert.strictEqual(formatBytes(1024), "1.0 KB");
assert.strictEqual(formatBytes(1536), "1.5 KB");
assert.strictEqual(formatBytes(1048576), "1.0 MB");
assert.strictEqual(formatBytes(5 * 1024 ** 4), "5.0 TB");
assert.throws(() => formatBytes(-1), RangeError);
assert.strictEqual(parseBytes("1.5 kb"), 1536);
assert.strictEqual(parseBytes("2MB"), 2 * 1048576);
assert.strictEqual(parseBytes("500 B"), 500);
assert.throws(() => parseBytes("many"));
assert.throws(() => parseBytes("5 XB"));
'''
subprocess.run(["node", "-e", script], check=True)
