// The link to one kernel: the two channels, and deeds as requests that run between the person's cells.

import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { decode, Unfit } from './codec';
import { Store } from './host';
import { CONTROL, Deed, Said, SCHEMA, STREAM, Wish } from './protocol';
import { losing, receive } from './thread';
import { Translate } from './translate';

const MODULE = '__import__("smallcode_jupyter.frontends.comm", fromlist=["comm"])';
const CONNECT = `${MODULE}.connect()`;
const GONE: readonly string[] = ['restarting', 'autorestarting', 'terminating', 'dead'];
const ATTEMPTS = 5;
const TAGS = new Map(
  ['Hello', 'Events', 'Pending', 'Accepted', 'Told', 'LeftOut', 'Models'].map(name => [
    (SCHEMA[name].type as readonly unknown[])[1],
    name
  ])
);

/** What is used of a kernel connection. */
export type LinkedKernel = Pick<
  Kernel.IKernelConnection,
  'createComm' | 'requestExecute' | 'statusChanged' | 'status' | 'isDisposed'
>;

/** A message of the kernel. Throws Unfit for anything else. */
export function readSaid(data: unknown): Said {
  const name = TAGS.get((data as { type?: unknown } | null)?.type);
  if (name === undefined) {
    throw new Unfit('an unknown message');
  }
  return decode<Said>(name, data);
}

/** Connects a store to a kernel until it is disposed. */
export class KernelLink {
  private stream: Kernel.IComm | null = null;
  private control: Kernel.IComm | null = null;
  private isGreeted = false;
  private isLoading = false;
  private isDisposed = false;
  /** Requests of ours that the kernel is at. */
  private own = 0;

  constructor(
    private readonly kernel: LinkedKernel,
    private readonly store: Store,
    private readonly t: Translate,
    private readonly onSaid: (said: Said) => void = () => undefined
  ) {
    kernel.statusChanged.connect(this.onStatus, this);
    this.open();
  }

  dispose(): void {
    this.isDisposed = true;
    this.kernel.statusChanged.disconnect(this.onStatus, this);
    this.drop(true);
  }

  /** Something that reaches a busy kernel: over the control channel. */
  wish(wish: Wish): void {
    if (!this.control || this.control.isDisposed) {
      this.control = this.kernel.createComm(CONTROL);
      this.control.open();
    }
    this.control.send(wish);
  }

  /** Something that the kernel does in turn with the cells. `sent`: what to show until its first event. */
  deed(deed: Deed, sent = deed.type === 'run' ? deed.words : null): void {
    if (sent !== null) {
      this.store.update(thread => ({ ...thread, sent, told: null }));
    }
    this.ask(`await ${MODULE}.do(${JSON.stringify(JSON.stringify(deed))})`).then(
      reply => {
        if (reply.content.status === 'error') {
          const { ename, evalue } = reply.content;
          this.say(ename === 'CellStopped' ? evalue : `${ename}: ${evalue}`);
        } else {
          this.store.update(thread => (thread.sent === null ? thread : { ...thread, sent: null }));
        }
      },
      () => this.say(this.t('The kernel did not take the request.'))
    );
  }

  /** A cell that fails makes the kernel drop what is queued behind it: ours is asked again. */
  private async ask(code: string): Promise<KernelMessage.IExecuteReplyMsg> {
    for (let attempt = 1; ; attempt++) {
      const reply = await this.execute(code, false);
      const isDropped = (reply.content.status as string).startsWith('abort');
      if (!isDropped || attempt === ATTEMPTS || this.isDisposed) {
        return reply;
      }
    }
  }

  private say(text: string): void {
    this.store.update(thread => ({ ...thread, sent: null, told: { text, level: 'error' } }));
  }

  private async execute(code: string, silent: boolean): Promise<KernelMessage.IExecuteReplyMsg> {
    const future = this.kernel.requestExecute({
      code,
      silent,
      store_history: false,
      allow_stdin: false,
      stop_on_error: false
    });
    let isAt = false;
    future.onIOPub = message => {
      if (message.header.msg_type === 'status' && !isAt) {
        isAt = true;
        this.own += 1;
        this.showStatus();
      }
    };
    try {
      return await future.done;
    } finally {
      this.own -= Number(isAt);
      this.showStatus();
    }
  }

  /** Open the stream. A kernel without SmallCode loaded closes it at once. */
  private open(): void {
    if (this.isDisposed || this.kernel.isDisposed) {
      return;
    }
    const isBusy = this.kernel.status === 'busy';
    this.store.update(thread => ({ ...thread, connection: isBusy ? 'waiting' : 'connecting', reason: '' }));
    const comm = this.kernel.createComm(STREAM);
    this.stream = comm;
    this.isGreeted = false;
    comm.onMsg = message => this.take(message.content.data);
    comm.onClose = () => {
      if (this.stream === comm && !this.isDisposed) {
        this.stream = null;
        this.load();
      }
    };
    comm.open();
  }

  private take(data: unknown): void {
    let said: Said;
    try {
      said = readSaid(data);
    } catch (error) {
      if (error instanceof Unfit) {
        return;
      }
      throw error;
    }
    this.store.update(thread => receive(thread, said, this.t));
    if (said.type === 'hello' && !this.isGreeted) {
      this.isGreeted = true;
      if (!said.root) {
        void this.execute(CONNECT, true);
      }
    }
    this.onSaid(said);
  }

  /** Load SmallCode in the kernel, then try again. */
  private load(): void {
    if (this.isLoading || this.isDisposed || GONE.includes(this.kernel.status)) {
      return;
    }
    this.isLoading = true;
    this.execute(CONNECT, true)
      .then(reply => {
        this.isLoading = false;
        if (reply.content.status === 'ok') {
          this.open();
        } else if (reply.content.status === 'error') {
          const { ename, evalue } = reply.content;
          const isMissing = ename === 'ModuleNotFoundError';
          const hint = this.t('Install it beside the kernel: pip install smallcode-jupyter');
          this.store.update(thread => ({
            ...thread,
            connection: 'missing',
            reason: isMissing ? hint : `${ename}: ${evalue}`
          }));
        }
      })
      .catch(() => {
        this.isLoading = false;
      });
  }

  private onStatus(): void {
    const { status } = this.kernel;
    if (GONE.includes(status)) {
      this.drop(false);
      const isBack = status === 'restarting' || status === 'autorestarting';
      const reason = isBack ? this.t('It restarts.') : '';
      this.store.update(thread => losing(thread, reason, this.t));
    } else if (status === 'idle' && this.stream === null && !this.isLoading) {
      this.open();
    }
    this.showStatus();
  }

  private showStatus(): void {
    const isCellRunning = this.kernel.status === 'busy' && this.own === 0;
    this.store.update(thread =>
      thread.isCellRunning === isCellRunning ? thread : { ...thread, isCellRunning }
    );
  }

  private drop(isTold: boolean): void {
    const comms = [this.stream, this.control];
    this.stream = this.control = null;
    this.own = 0;
    for (const comm of comms) {
      if (comm && !comm.isDisposed) {
        if (isTold && !this.kernel.isDisposed) {
          void comm.close();
        } else {
          comm.dispose();
        }
      }
    }
  }
}
