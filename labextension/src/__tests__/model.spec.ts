// The view is folded as Python folds it, event by event.

import { readFileSync } from 'fs';
import { join } from 'path';
import { readTrace } from '../codec';
import { hunksOf } from '../hunks';
import { fold, foldAll } from '../model';
import { Envelope } from '../protocol';
import { elapsed, NOTHING, ViewState } from '../state';

function golden(name: string): any {
  return JSON.parse(readFileSync(join(__dirname, 'goldens', `${name}.json`), 'utf8'));
}

/** What Python's view has, too. */
function shared(state: ViewState): unknown {
  const { context, gathered, asked, seq, steps, ...rest } = state;
  return { ...rest, steps: steps.map(({ exchange, ...step }) => step) };
}

test.each(['solved', 'cell', 'failed', 'eventful'])('the run %s looks as in Python', name => {
  const { envelopes, views } = golden(name);
  const read = readTrace(envelopes);
  expect(read.refused).toBe(0);
  let state = NOTHING;
  read.envelopes.forEach((envelope, index) => {
    state = fold(state, envelope);
    expect(shared(state)).toEqual(views[index]);
  });
  expect(state.finished).not.toBeNull();
});

test('hunks are cut as in Python', () => {
  for (const [before, after, hunks] of golden('hunks')) {
    expect(hunksOf({ path: 'a.py', before, after, before_hash: null })).toEqual(hunks);
  }
});

test('what the model wrote stands beside what the parser made of it', () => {
  const state = foldAll(readTrace(golden('solved').envelopes).envelopes);
  const exchange = state.steps.find(step => step.key === 'model:1')?.exchange;
  expect(exchange?.raw).toBe('first answer');
  expect(exchange?.calls[0].name).toBe('edit_file');
  expect(exchange?.repairs[0].name).toBe('inferred-path');
});

test('a question waits until it is answered', () => {
  const { envelopes } = readTrace(golden('eventful').envelopes);
  const asked = envelopes.findIndex(envelope => envelope.event.type === 'user.asked');
  expect(foldAll(envelopes.slice(0, asked + 1)).asked?.choices).toEqual(['yes', 'no']);
  expect(foldAll(envelopes.slice(0, asked + 2)).asked).toBeNull();
});

test('ten thousand events are folded quickly and into a bounded picture', () => {
  const started = readTrace(golden('cell').envelopes).envelopes.slice(0, 4);
  const events: Envelope[] = [...started];
  for (let seq = events.length; seq < 10_000; seq++) {
    const event = { type: 'model.delta', turn: 1, text: 'word ', is_reasoning: false } as const;
    const problem = { code: `n${seq}`, what: 'Said.', why: '', hint: '' };
    const notice = { type: 'notice', level: 'info', problem } as const;
    events.push({ run: 'r1', seq, at: 1000 + seq / 100, event: seq % 10 ? event : notice });
  }
  const before = process.cpuUsage();
  const state = foldAll(events);
  // Of the processor: on a busy machine the clock says nothing.
  expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  expect(state.steps).toHaveLength(200);
  expect(state.folded_steps).toBeGreaterThan(700);
  expect(state.stream.length).toBe(8_000);
  expect(elapsed(state)).toBeGreaterThan(90);
});
