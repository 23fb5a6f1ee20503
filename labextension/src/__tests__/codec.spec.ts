// What a notebook file or a kernel of another version holds cannot bring the view into another shape.

import { decode, readTrace, Unfit } from '../codec';
import { Envelope } from '../protocol';
import { readSaid } from '../transport';

const started = { run: 'r', seq: 0, at: 1, event: { type: 'task.started', task: { id: 't', words: 'w' } } };

test('defaults are filled in, unknown fields left out', () => {
  const envelope = decode<Envelope>('Envelope', { ...started, extra: 1 });
  expect(envelope).not.toHaveProperty('extra');
  expect(envelope.event).toMatchObject({ task: { policy: 'trial', limits: { calls: 8 } } });
});

test.each([
  ['no object', 'text'],
  ['a missing field', { ...started, run: undefined }],
  ['an unknown event', { ...started, event: { type: 'task.exploded' } }],
  ['an event named like a property of objects', { ...started, event: { type: 'constructor' } }],
  ['words that are no text', { ...started, event: { type: 'task.started', task: { id: 't', words: {} } } }],
  ['a time that is no number', { ...started, at: 'now' }],
  ['a prototype', JSON.parse('{"__proto__": {"run": "r"}, "seq": 0, "at": 1, "event": {}}')]
])('%s is refused', (_, value) => {
  expect(() => decode('Envelope', value)).toThrow(Unfit);
  expect(readTrace([value, started])).toMatchObject({ refused: 1, envelopes: [{ run: 'r' }] });
});

test.each([null, 'trace', 7, { 0: started }])('a trace that is no list shows nothing: %p', value => {
  expect(readTrace(value)).toEqual({ envelopes: [], refused: 1 });
});

test('messages of the kernel are read by their type', () => {
  expect(readSaid({ type: 'pending', changes: null })).toEqual({ type: 'pending', changes: null });
  expect(() => readSaid({ type: 'stop' })).toThrow(Unfit);
  expect(() => readSaid(null)).toThrow(Unfit);
});
