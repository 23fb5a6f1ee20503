// Making foreign text harmless to read; the twin of render/plain.py.

/* eslint-disable no-control-regex */
const ANSI = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])/g;
const CONTROL = /[\x00-\x08\x0b-\x1f]/g;
const C1 = /[\x80-\x9f]/g;
const REORDERING = /[\u202a-\u202e\u2066-\u2069\u2028\u2029\u200e\u200f]/g;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text without escape sequences, with control and reordering characters made visible; line ends are `\n`. */
export function plain(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(ANSI, '')
    .replace(CONTROL, char => String.fromCharCode(0x2400 + char.charCodeAt(0)))
    .replace(/\x7f/g, '␡')
    .replace(C1, '\ufffd')
    .replace(REORDERING, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(LONE, '\ufffd');
}

/** The text on one line of at most `limit` characters; `…` marks what was cut. */
export function oneLine(text: string, limit = 80): string {
  const line = plain(text.length > 20_000 ? text.slice(0, 20_000) : text)
    .split(/\s+/)
    .filter(word => word)
    .join(' ');
  const chars = line.length <= limit ? null : Array.from(line);
  return chars === null || chars.length <= limit
    ? line
    : chars
        .slice(0, limit - 1)
        .join('')
        .trimEnd() + '…';
}
