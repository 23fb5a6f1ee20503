// The view in a page: what is shown, what keys and buttons do, and that foreign text stays text.

import { readFileSync } from 'fs';
import { join } from 'path';
import { act } from 'preact/test-utils';
import { readTrace } from '../codec';
import { Actions, Host, Store } from '../host';
import { ChangeSet, Said } from '../protocol';
import { EMPTY, receive, Thread } from '../thread';
import { english } from '../translate';
import { mountPanel, mountTrace } from '../view/app';

const lines = Array.from({ length: 30 }, (_, index) => `line ${index}\n`);
const changes: ChangeSet = {
  id: 'c1',
  files: [
    {
      path: 'a.py',
      before: lines.join(''),
      after: lines.map((line, index) => (index === 2 || index === 25 ? `new ${line}` : line)).join(''),
      before_hash: 'h'
    }
  ]
};
const cell: ChangeSet = {
  id: 'c2',
  files: [{ path: 'cell:next', before: null, after: 'x = 1\n', before_hash: null }]
};

function golden(name: string): any {
  return JSON.parse(readFileSync(join(__dirname, 'goldens', `${name}.json`), 'utf8'));
}

function shown(thread: Partial<Thread>): { root: HTMLElement; store: Store; did: unknown[][] } {
  const did: unknown[][] = [];
  const note =
    (name: string) =>
    (...values: unknown[]): void => {
      did.push([name, ...values]);
    };
  const actions: Actions = {
    run: note('run'),
    stop: note('stop'),
    answer: note('answer'),
    accept: note('accept'),
    reject: note('reject'),
    undo: note('undo'),
    set: note('set'),
    leaveOut: note('leaveOut'),
    listModels: note('listModels'),
    edit: note('edit'),
    rerun: note('rerun'),
    interrupt: note('interrupt'),
    pin: note('pin'),
    complete: async prefix => (prefix === 'total' ? ['total', 'totals'] : [`${prefix}rame`, `${prefix}2`])
  };
  const host: Host = { t: english, actions, hasCells: true };
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  const store = new Store({ ...EMPTY, connection: 'ready', ...thread });
  act(() => {
    mountPanel(root, store, host);
  });
  return { root, store, did };
}

async function say(store: Store, said: Said): Promise<void> {
  await act(async () => {
    const isTold = new Promise<void>(resolve => {
      const leave = store.listen(() => {
        leave();
        resolve();
      });
    });
    store.update(thread => receive(thread, said));
    await isTold;
  });
}

function key(target: Element | null, name: string): void {
  act(() => {
    target?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
  });
}

function click(root: HTMLElement, words: string): void {
  const button = Array.from(root.querySelectorAll('button')).find(item => item.textContent?.includes(words));
  act(() => button?.click());
}

test('A, D and E decide on everything', () => {
  const { root, did } = shown({ pending: cell });
  const section = root.querySelector('.sc-proposal');
  expect(document.activeElement).toBe(section);
  key(section, 'a');
  key(section, 'd');
  key(section, 'E');
  const all = { path: null, hunks: null };
  expect(did).toEqual([
    ['accept', all],
    ['reject', all],
    ['edit', 'x = 1\n']
  ]);
});

test('cells that used what was accepted are run again with one button', async () => {
  const { root, store, did } = shown({});
  await say(store, {
    type: 'accepted',
    paths: ['prices.py'],
    cell_code: null,
    cell_id: null,
    cell_before: null,
    then: [],
    dependents: ['In[2]', 'In[5]'],
    was_run: false,
    output: ''
  });
  click(root, 'Run the cells that used it again');
  expect(did).toEqual([['rerun', ['In[2]', 'In[5]']]]);
});

test('j and k go from hunk to hunk, y and n decide on one', () => {
  const { root, did } = shown({ pending: changes });
  const hunks = root.querySelectorAll('[data-hunk]');
  expect(hunks).toHaveLength(2);
  key(root.querySelector('.sc-proposal'), 'j');
  expect(document.activeElement).toBe(hunks[0]);
  key(document.activeElement, 'j');
  key(document.activeElement, 'n');
  key(document.activeElement, 'k');
  key(document.activeElement, 'y');
  const range = (line: number): object => ({
    before_start: line,
    before_end: line + 1,
    after_start: line,
    after_end: line + 1
  });
  expect(did).toEqual([
    ['reject', { path: 'a.py', hunks: [range(25)] }],
    ['accept', { path: 'a.py', hunks: [range(2)] }]
  ]);
});

test('keys typed into the field are words', () => {
  const { root, did } = shown({ pending: changes });
  key(root.querySelector('textarea'), 'a');
  expect(did).toEqual([]);
});

test('a diff has signs as well as colours', () => {
  const { root } = shown({ pending: changes });
  const marks = Array.from(root.querySelectorAll('.sc-added, .sc-removed')).map(line => line.textContent);
  expect(marks).toEqual(['-line 2', '+new line 2', '-line 25', '+new line 25']);
});

test('Enter sends the words as they were typed, Shift+Enter does not', () => {
  const { root, did } = shown({});
  const field = root.querySelector('textarea') as HTMLTextAreaElement;
  act(() => {
    field.value = 'sum {prices}';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  act(() => {
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', shiftKey: true, bubbles: true }));
  });
  expect(did).toEqual([]);
  key(field, 'Enter');
  expect(did).toEqual([['run', { words: 'sum {prices}', surface: 'notebook', policy: null }]]);
  expect(field.value).toBe('');
});

test('names after @ are offered and taken with Tab', async () => {
  const { root } = shown({});
  const field = root.querySelector('textarea') as HTMLTextAreaElement;
  await act(async () => {
    field.value = 'plot @df';
    field.setSelectionRange(8, 8);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  expect(Array.from(root.querySelectorAll('[role=option]')).map(item => item.textContent)).toEqual([
    '@dframe',
    '@df2'
  ]);
  key(field, 'ArrowDown');
  key(field, 'Tab');
  expect(field.value).toBe('plot @df2 ');
});

test('Enter after a name that is written out sends', async () => {
  const { root, did } = shown({});
  const field = root.querySelector('textarea') as HTMLTextAreaElement;
  await act(async () => {
    field.value = 'double @total';
    field.setSelectionRange(13, 13);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  expect(root.querySelectorAll('[role=option]')).toHaveLength(2);
  key(field, 'Enter');
  expect(did).toEqual([['run', { words: 'double @total', surface: 'notebook', policy: null }]]);
});

test('a part of the context is taken out of the next question with a click, and put back', async () => {
  const { envelopes } = readTrace(golden('solved').envelopes);
  const gathered = envelopes.find(envelope => envelope.event.type === 'context.gathered');
  const items = gathered?.event.type === 'context.gathered' ? gathered.event.context.items : [];
  const plan = envelopes.find(envelope => envelope.event.type === 'turn.started');
  const kept = plan?.event.type === 'turn.started' ? plan.event.plan.kept : [];
  const name = items.map(item => item.name).find(item => kept.includes(item)) ?? '';
  expect(name).not.toBe('');
  const { root, store, did } = shown({});
  await say(store, { type: 'events', envelopes });
  const parts = root.querySelectorAll('.sc-part');
  expect(Array.from(parts).map(part => part.textContent)).toEqual(kept.filter(part => part === name));
  const press = (words: string): void => {
    const part = Array.from(root.querySelectorAll<HTMLElement>('.sc-part')).find(
      item => item.textContent === words
    );
    act(() => part?.click());
  };
  press(name);
  await say(store, { type: 'left_out', names: [name, 'earlier.py'] });
  expect(root.querySelector('.sc-out')?.getAttribute('aria-pressed')).toBe('true');
  press(name);
  press('earlier.py');
  expect(did).toEqual([
    ['leaveOut', name, true],
    ['leaveOut', name, false],
    ['leaveOut', 'earlier.py', false]
  ]);
});

test('model and policy are chosen from what there is', async () => {
  const setting = { name: 'model', value: 'mine', source: 'set here' };
  const { root, store, did } = shown({ settings: [setting, { ...setting, name: 'policy', value: 'trial' }] });
  const model = root.querySelector<HTMLSelectElement>('select[aria-label="Model"]') as HTMLSelectElement;
  const policy = root.querySelector<HTMLSelectElement>('select[aria-label="Policy"]') as HTMLSelectElement;
  expect([model.value, policy.value]).toEqual(['mine', 'trial']);
  act(() => model.focus());
  await say(store, { type: 'models', models: [{ name: 'coder:1.5b', where: 'ollama' }] });
  expect(Array.from(model.options).map(option => option.value)).toEqual(['', 'mine', 'coder:1.5b']);
  act(() => {
    model.value = 'coder:1.5b';
    model.dispatchEvent(new Event('change', { bubbles: true }));
    policy.value = 'plan';
    policy.dispatchEvent(new Event('change', { bubbles: true }));
  });
  expect(did).toEqual([['listModels'], ['set', 'model', 'coder:1.5b'], ['set', 'policy', 'plan']]);
});

test('a choice stands as it was made until the kernel says what is set', async () => {
  const policy = { name: 'policy', value: 'trial', source: 'default' };
  const { root, store } = shown({ settings: [policy], isRunning: true });
  const select = root.querySelector<HTMLSelectElement>('select[aria-label="Policy"]') as HTMLSelectElement;
  act(() => {
    select.value = 'plan';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await say(store, { type: 'left_out', names: ['a.py'] });
  expect(select.value).toBe('plan');
  await say(store, { type: 'told', text: 'That is locked.', level: 'error', settings: [] });
  expect(select.value).toBe('trial');
});

test('what is being typed into a setting stays while a run goes on; a key is not shown', async () => {
  const settings = ['base_url', 'api_key'].map(name => ({ name, value: '', source: 'default' }));
  const { envelopes } = readTrace(golden('solved').envelopes);
  const { root, store } = shown({ settings });
  const [url, secret] = Array.from(root.querySelectorAll<HTMLInputElement>('.sc-setting input'));
  url.value = 'http://127';
  await say(store, { type: 'events', envelopes: envelopes.slice(0, 7) });
  expect(url.value).toBe('http://127');
  expect([url.type, secret.type]).toEqual(['text', 'password']);
});

test('time goes on while a slow model says nothing', async () => {
  const { envelopes } = readTrace(golden('solved').envelopes);
  const { root, store } = shown({});
  await say(store, { type: 'events', envelopes: envelopes.slice(0, 5) });
  const meter = root.querySelector('.sc-meter .sc-faint');
  const before = meter?.textContent;
  await act(async () => {
    await new Promise(resolve => setTimeout(resolve, 1_100));
  });
  expect(meter?.textContent).not.toBe(before);
});

test('files can be put back once, and not while a proposal waits', async () => {
  const { envelopes } = readTrace(golden('solved').envelopes);
  const { root, store } = shown({});
  await say(store, { type: 'events', envelopes });
  await say(store, {
    type: 'events',
    envelopes: envelopes.map(envelope => ({ ...envelope, run: 'second' }))
  });
  const links = (): (string | null)[] =>
    Array.from(root.querySelectorAll('.sc-after button')).map(button => button.textContent);
  const always = ['Save the trace', 'Pin to notebook'];
  expect(links()).toEqual([...always, ...always, 'Undo files']);
  await say(store, { type: 'pending', changes });
  expect(links()).toEqual([...always, ...always]);
});

test('steps are announced, pieces of the answer are not', async () => {
  const { envelopes } = readTrace(golden('solved').envelopes);
  const { root, store } = shown({});
  await say(store, { type: 'events', envelopes: envelopes.slice(0, 7) });
  expect(root.querySelector('[data-live]')?.textContent).toBe('think · turn 1');
  expect(root.querySelector('.sc-stream')?.textContent).toBe('first answer');
  expect(root.querySelector('.sc-stream')?.closest('[aria-live]')).toBeNull();
  click(root, 'Stop the assistant');
  await say(store, { type: 'events', envelopes: envelopes.slice(7) });
  expect(root.querySelector('[data-live]')?.textContent).toBe('examples 3/3 hold');
});

test('two stops: the assistant, and the running cell', () => {
  const { root, did } = shown({ isCellRunning: true, isRunning: true });
  click(root, 'Stop the assistant');
  click(root, 'Interrupt the running cell');
  expect(did).toEqual([['stop'], ['interrupt']]);
});

test('a question is answered with its own choices', async () => {
  const { envelopes } = readTrace(golden('eventful').envelopes);
  const asked = envelopes.findIndex(envelope => envelope.event.type === 'user.asked');
  const { root, store, did } = shown({});
  await say(store, { type: 'events', envelopes: envelopes.slice(0, asked + 1) });
  click(root, 'yes');
  expect(did).toEqual([['answer', 'yes']]);
});

test('the raw reply stands beside what was made of it, once it is unfolded', async () => {
  const { envelopes } = readTrace(golden('solved').envelopes);
  const { root, store } = shown({});
  await say(store, { type: 'events', envelopes });
  expect(root.querySelector('.sc-beside')).toBeNull();
  click(root, 'think · turn 1');
  expect(root.querySelector('.sc-beside')?.textContent).toContain('first answer');
  expect(root.querySelector('.sc-beside')?.textContent).toContain('Understood as fenced-file');
});

test('a saved trace is text: no element, link or handler of its own, nothing to click into action', () => {
  const root = document.createElement('div');
  const envelopes = golden('eventful').envelopes;
  mountTrace(root, envelopes, { t: english, actions: null, hasCells: false });
  act(() => root.querySelectorAll<HTMLElement>('button.sc-fold').forEach(button => button.click()));
  expect(root.querySelectorAll('img, script, a, iframe, style, form, input, textarea')).toHaveLength(0);
  expect(root.textContent).toContain('<img src=x onerror=alert(1)>');
  expect(root.textContent).not.toMatch(/[\u202e\x1b\x07]/);
  const names = Array.from(root.querySelectorAll('*')).flatMap(item => item.getAttributeNames());
  expect(names.filter(name => name.startsWith('on') || ['href', 'src', 'srcdoc'].includes(name))).toEqual([]);
});

test.each([null, 'x', [], [{}], [[[]]], { type: 'task.started' }])(
  'a broken trace is a sentence: %p',
  saved => {
    const root = document.createElement('div');
    mountTrace(root, saved, { t: english, actions: null, hasCells: false });
    expect(root.querySelectorAll('button')).toHaveLength(0);
  }
);
