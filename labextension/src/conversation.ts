// One notebook's thread: its store, its link to the kernel, and what the person can do.

import { Notification } from '@jupyterlab/apputils';
import { NotebookPanel } from '@jupyterlab/notebook';
import { ActiveCode, insertCode, insertMarkdown, replaceCode, runActive, runNamed } from './cells';
import { accepting, Actions, Host, Store } from './host';
import { plain } from './plain';
import { Accepted, Deed, Run, Said, Setting } from './protocol';
import { EMPTY, ShownRun } from './thread';
import { Translate } from './translate';
import { KernelLink } from './transport';
import { cellOf, OF_JUPYTERLAB, outcomeWords, SET_HERE } from './words';

/** The settings that a person gave in JupyterLab: name -> value as text. */
export type Given = () => ReadonlyMap<string, string>;

export class Conversation {
  readonly store = new Store(EMPTY);
  readonly host: Host;
  private link: KernelLink | null = null;
  /** What was asked for before there was a connection. */
  private waiting: (() => void)[] = [];
  /** Whether accepted code that is told of next was accepted here, and whether it is to be run. */
  private expected: 'run' | 'edit' | null = null;
  private isStarted = false;

  constructor(
    readonly panel: NotebookPanel,
    private readonly t: Translate,
    private readonly given: Given
  ) {
    this.host = { t, actions: this.actions(), hasCells: true };
    panel.disposed.connect(() => this.link?.dispose());
  }

  /** Connect to the notebook's kernel, and to each that takes its place. Nothing happens the second time. */
  start(): void {
    if (this.isStarted) {
      return;
    }
    this.isStarted = true;
    const { sessionContext } = this.panel;
    sessionContext.kernelChanged.connect(() => this.relink());
    void sessionContext.ready.then(() => this.relink());
  }

  /** Ask for the correction of what makes a cell fail. */
  fix(cell: ActiveCode): void {
    this.expected = null;
    const sent = this.t('Fix In[%1]', cell.number ?? ' ');
    this.deed({ type: 'fix', cell_id: cell.id, number: cell.number }, sent);
  }

  /** Ask for words about something; nothing is changed. */
  explain(words: string): void {
    this.begin({ words, surface: 'notebook', policy: 'plan' });
  }

  /** The settings that were given in JupyterLab have changed. */
  applyGiven(): void {
    this.apply(this.store.thread.settings);
  }

  /** Do it as soon as the kernel is connected. */
  private deed(deed: Deed, sent?: string): void {
    const now = (): void => this.link?.deed(deed, sent);
    if (this.store.thread.connection === 'ready') {
      now();
    } else {
      this.waiting.push(now);
      this.start();
    }
  }

  private relink(): void {
    this.link?.dispose();
    this.link = null;
    const kernel = this.panel.sessionContext.session?.kernel;
    if (kernel && !this.panel.isDisposed) {
      this.link = new KernelLink(kernel, this.store, this.t, said => this.onSaid(said));
    } else {
      this.store.update(thread => ({ ...thread, connection: 'none' }));
    }
  }

  private begin(wanted: Pick<Run, 'words' | 'surface' | 'policy'>): void {
    const set = this.store.thread.settings.find(setting => setting.name === 'policy')?.value;
    // Under this policy the kernel accepts by itself what validated.
    this.expected = (wanted.policy ?? set) === 'auto' ? 'run' : null;
    this.deed({ type: 'run', ...wanted });
  }

  private actions(): Actions {
    const id = (): string | undefined => this.store.thread.pending?.id;
    return {
      run: wanted => this.begin(wanted),
      stop: () => this.link?.wish({ type: 'stop' }),
      answer: choice => this.link?.wish({ type: 'answer', choice }),
      accept: part => this.accept('run', part),
      reject: part => {
        const changes = id();
        if (changes !== undefined) {
          this.link?.deed({ type: 'reject', changes, ...part });
        }
      },
      undo: () => this.link?.deed({ type: 'undo' }),
      set: (name, value) => this.link?.deed({ type: 'set', name, value }),
      leaveOut: (name, isOut) => this.link?.wish({ type: 'leave_out', name, is_out: isOut }),
      listModels: () => this.link?.wish({ type: 'list_models' }),
      edit: () => this.accept('edit', { path: cellOf(this.store.thread.pending)?.path ?? null, hunks: null }),
      rerun: names => {
        this.store.update(thread => ({ ...thread, dependents: [] }));
        runNamed(this.panel, names);
      },
      interrupt: () => void this.panel.sessionContext.session?.kernel?.interrupt(),
      pin: run => insertMarkdown(this.panel, pinned(run, this.t)),
      complete: prefix => this.complete(prefix)
    };
  }

  private accept(how: 'run' | 'edit', part: Parameters<Actions['accept']>[0]): void {
    const { thread } = this.store;
    const message = accepting(thread, part, false);
    if (message) {
      this.expected = how;
      this.link?.deed(message);
    }
  }

  private onSaid(said: Said): void {
    if (said.type === 'accepted') {
      this.write(said);
    } else if (said.type === 'told' || said.type === 'hello') {
      this.apply(said.settings);
    }
    if (said.type === 'hello') {
      this.waiting.splice(0).forEach(ask => ask());
    }
  }

  /** Put accepted code into the notebook, if it was accepted here. */
  private write(accepted: Accepted): void {
    const how = this.expected;
    const { cell_code: code, cell_id: id, cell_before: source } = accepted;
    this.expected = null;
    if (code === null || accepted.was_run || how === null) {
      return;
    }
    const isReplaced = id !== null && replaceCode(this.panel, { id, source: source ?? '' }, code);
    if (!isReplaced) {
      const runs = this.store.thread.runs;
      insertCode(this.panel, code, runs[runs.length - 1]?.view.run ?? '');
    }
    if (id !== null && !isReplaced) {
      Notification.warning(this.t('The cell was changed meanwhile, so the code went into a new one.'));
    }
    if (how === 'run') {
      runActive(this.panel, isReplaced ? accepted.then : []);
    }
    this.panel.content.activate();
  }

  /** Settings of JupyterLab hold in the kernel, too. */
  private apply(now: readonly Setting[]): void {
    const given = this.given();
    let isNamed = false;
    const named = now.map(setting => {
      const { name, value, source } = setting;
      const wanted = given.get(name);
      const isOurs = wanted !== undefined && source === SET_HERE && isSame(wanted, value);
      isNamed = isNamed || isOurs;
      if (wanted !== undefined && !isSame(wanted, value) && !source.startsWith('locked')) {
        this.applyOne(name, wanted);
      }
      return isOurs ? { ...setting, source: OF_JUPYTERLAB } : setting;
    });
    if (isNamed) {
      this.store.update(thread => ({ ...thread, settings: named }));
    }
  }

  /** Once for each value: what the person sets otherwise in the panel stays. */
  private applyOne(name: string, wanted: string): void {
    if (this.applied.get(name) !== wanted) {
      this.applied.set(name, wanted);
      this.link?.deed({ type: 'set', name, value: wanted });
    }
  }

  private readonly applied = new Map<string, string>();

  private async complete(prefix: string): Promise<readonly string[]> {
    const kernel = this.panel.sessionContext.session?.kernel;
    if (!kernel) {
      return [];
    }
    const code = `%%smallcode\n@${prefix}`;
    const reply = await kernel.requestComplete({ code, cursor_pos: code.length });
    const { content } = reply;
    return content.status === 'ok'
      ? content.matches.filter(match => match.startsWith('@')).map(match => match.slice(1))
      : [];
  }
}

/** Whether two values of a setting are one: Python writes `True` and `300.0`. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase() || (one !== '' && Number(one) === Number(other));
}

/** A run as a Markdown cell: the words, the answer, how it ended. Foreign text is quoted, never markup. */
function pinned({ view }: ShownRun, t: Translate): string {
  const quoted = (text: string): string =>
    plain(text)
      .split('\n')
      .map(line => `    ${line}`)
      .join('\n');
  const parts = ['**SmallCode**', quoted(view.words)];
  if (view.finished) {
    parts.push(
      quoted([view.finished.answer, outcomeWords(view.finished, t)].filter(part => part).join('\n'))
    );
  }
  return parts.join('\n\n');
}
