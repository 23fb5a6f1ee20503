// The link to a kernel: it loads what is missing, reconnects, and keeps the two channels apart.

import { Store } from '../host';
import { CONTROL, Hello, STREAM } from '../protocol';
import { EMPTY } from '../thread';
import { english } from '../translate';
import { KernelLink } from '../transport';

type Handler = ((message: any) => void) | null;

class FakeComm {
  sent: unknown[] = [];
  isOpen = false;
  isDisposed = false;
  onMsg: Handler = null;
  onClose: Handler = null;
  constructor(readonly targetName: string) {}
  open(): void {
    this.isOpen = true;
  }
  send(data: unknown): void {
    this.sent.push(data);
  }
  close(): void {
    this.isDisposed = true;
  }
  dispose(): void {
    this.isDisposed = true;
  }
  say(data: unknown): void {
    this.onMsg?.({ content: { data } });
  }
}

class FakeKernel {
  status = 'idle';
  isDisposed = false;
  comms: FakeComm[] = [];
  codes: string[] = [];
  private finish: ((reply: unknown) => void)[] = [];
  private slots: [(this: unknown) => void, unknown][] = [];
  statusChanged = {
    connect: (slot: (this: unknown) => void, owner: unknown) => this.slots.push([slot, owner]),
    disconnect: () => {
      this.slots = [];
    }
  };
  createComm(target: string): FakeComm {
    const comm = new FakeComm(target);
    this.comms.push(comm);
    return comm;
  }
  requestExecute(content: { code: string }): unknown {
    this.codes.push(content.code);
    return { done: new Promise(resolve => this.finish.push(resolve)), onIOPub: null };
  }
  async reply(content: object): Promise<void> {
    this.finish.shift()?.({ content });
    await new Promise(resolve => setTimeout(resolve));
  }
  become(status: string): void {
    this.status = status;
    this.slots.forEach(([slot, owner]) => slot.call(owner));
  }
  get last(): FakeComm {
    return this.comms[this.comms.length - 1];
  }
}

const hello: Hello = {
  type: 'hello',
  version: 1,
  kernel: 'k1',
  root: '/work',
  runs: [],
  settings: [],
  pending: null,
  is_running: false,
  left_out: []
};

function linked(status = 'idle'): { kernel: FakeKernel; store: Store; link: KernelLink } {
  const kernel = new FakeKernel();
  kernel.status = status;
  const store = new Store(EMPTY);
  const link = new KernelLink(kernel as any, store, english);
  return { kernel, store, link };
}

test('a kernel that knows SmallCode greets', () => {
  const { kernel, store } = linked();
  expect(kernel.last.targetName).toBe(STREAM);
  expect(store.thread.connection).toBe('connecting');
  kernel.last.say(hello);
  expect(store.thread).toMatchObject({ connection: 'ready', root: '/work' });
  expect(kernel.codes).toEqual([]);
});

test('a kernel without SmallCode loads it and is asked again', async () => {
  const { kernel, store } = linked();
  kernel.last.onClose?.({});
  expect(kernel.codes).toHaveLength(1);
  expect(kernel.codes[0]).toContain('connect()');
  await kernel.reply({ status: 'ok' });
  expect(kernel.comms).toHaveLength(2);
  kernel.last.say(hello);
  expect(store.thread.connection).toBe('ready');
});

test('where the package is not installed, the panel says what to do', async () => {
  const { kernel, store } = linked();
  kernel.last.onClose?.({});
  await kernel.reply({ status: 'error', ename: 'ModuleNotFoundError', evalue: 'no' });
  expect(store.thread.connection).toBe('missing');
  expect(store.thread.reason).toContain('pip install smallcode-jupyter');
});

test('a busy kernel is waited for, and words sent to it are kept', () => {
  const { kernel, store, link } = linked('busy');
  expect(store.thread.connection).toBe('waiting');
  kernel.last.say(hello);
  link.deed({ type: 'run', words: 'do {it} "now"\n', surface: 'notebook', policy: null });
  expect(store.thread.sent).toBe('do {it} "now"\n');
  expect(kernel.codes[0]).toBe(
    'await __import__("smallcode_jupyter.frontends.comm", fromlist=["comm"]).do(' +
      JSON.stringify('{"type":"run","words":"do {it} \\"now\\"\\n","surface":"notebook","policy":null}') +
      ')'
  );
});

test('a request that the kernel dropped because a cell failed is sent again', async () => {
  const { kernel, store, link } = linked('busy');
  kernel.last.say(hello);
  link.deed({ type: 'run', words: 'do it', surface: 'notebook', policy: null });
  await kernel.reply({ status: 'aborted' });
  expect(kernel.codes).toHaveLength(2);
  expect(kernel.codes[1]).toBe(kernel.codes[0]);
  expect(store.thread.sent).toBe('do it');
  await kernel.reply({ status: 'ok' });
  expect(store.thread.sent).toBeNull();
});

test('stopping goes over a channel of its own that the kernel never speaks on', () => {
  const { kernel, link } = linked();
  kernel.last.say(hello);
  link.wish({ type: 'stop' });
  link.wish({ type: 'stop' });
  expect(kernel.comms.map(comm => comm.targetName)).toEqual([STREAM, CONTROL]);
  expect(kernel.last.sent).toEqual([{ type: 'stop' }, { type: 'stop' }]);
});

test('after a restart the panel keeps what it showed and connects again', () => {
  const { kernel, store } = linked();
  const event = { type: 'task.started', task: { id: 't', words: 'earlier' } };
  const envelopes = [{ run: 'r1', seq: 0, at: 1, event }];
  kernel.last.say({ ...hello, is_running: true, runs: [{ run: 'r1', envelopes }] });
  kernel.become('restarting');
  expect(store.thread).toMatchObject({ connection: 'lost', isRunning: false, pending: null });
  expect(store.thread.runs[0].view.finished?.reason).toBe('The kernel ended.');
  kernel.become('idle');
  expect(kernel.comms).toHaveLength(2);
  kernel.last.say({ ...hello, kernel: 'k2' });
  expect(store.thread.runs.map(run => run.view.words)).toEqual(['earlier']);
  expect(store.thread.connection).toBe('ready');
});

test('a second greeting repeats nothing', () => {
  const { kernel, store } = linked();
  const event = { type: 'task.started', task: { id: 't', words: 'w' } };
  const runs = [{ run: 'r1', envelopes: [{ run: 'r1', seq: 0, at: 1, event }] }];
  kernel.last.say({ ...hello, runs });
  kernel.last.say({ ...hello, runs });
  expect(store.thread.runs).toHaveLength(1);
  expect(store.thread.runs[0].view.steps).toHaveLength(1);
});

test('what is no message is passed over', () => {
  const { kernel, store } = linked();
  kernel.last.say({ type: 'surprise' });
  kernel.last.say({ ...hello, version: 2 });
  expect(store.thread.connection).toBe('missing');
});
