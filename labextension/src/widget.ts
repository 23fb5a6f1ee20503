// The panel as a widget (anywidget), for every notebook client that shows widgets.

import { accepting, Actions, Host, Store } from './host';
import { languageOf } from './languages';
import { Deed, Said, Wish } from './protocol';
import { EMPTY, receive } from './thread';
import { readSaid } from './transport';
import { mountPanel } from './view/app';

type Model = {
  send(content: unknown): void;
  on(event: 'msg:custom', callback: (message: unknown) => void): void;
  off(event: 'msg:custom', callback: (message: unknown) => void): void;
};

/** Names that begin like `prefix`, asked for with `{kind: 'complete', prefix}`. */
type Names = { readonly kind: 'names'; readonly prefix: string; readonly names: readonly string[] };

/** Those who wait for names, by what the names begin with. */
type Waiting = Map<string, (names: readonly string[]) => void>;

/** What anywidget calls for each place that the widget is shown in. */
function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const t = languageOf(document.documentElement.lang);
  const store = new Store({ ...EMPTY, connection: 'connecting' });
  const waiting: Waiting = new Map();
  const onMessage = (message: unknown): void => {
    if ((message as Names).kind === 'names') {
      const { prefix, names } = message as Names;
      waiting.get(prefix)?.(names);
      waiting.delete(prefix);
      return;
    }
    const said: Said = readSaid(message);
    store.update(thread => receive(thread, said, t));
    if (said.type === 'accepted' && said.output) {
      store.update(thread => ({ ...thread, told: { text: said.output, level: 'info' } }));
    }
  };
  model.on('msg:custom', onMessage);
  const host: Host = { t, actions: actionsOf(model, store, waiting), hasCells: false };
  el.classList.add('sc-widget');
  // In a notebook single letters are commands for cells: x would cut the one that the widget stands in. Lumino looks for
  // the mark on what has the focus first, and further up only where no command fits that.
  el.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) {
      target.dataset.lmSuppressShortcuts = '';
    }
  });
  const unmount = mountPanel(el, store, host);
  model.send({ kind: 'open' });
  return () => {
    model.off('msg:custom', onMessage);
    unmount();
  };
}

function actionsOf(model: Model, store: Store, waiting: Waiting): Actions {
  const wish = (data: Wish): void => model.send({ kind: 'wish', data });
  const deed = (data: Deed): void => model.send({ kind: 'deed', data });
  return {
    run: wanted => {
      store.update(thread => ({ ...thread, sent: wanted.words, told: null }));
      deed({ type: 'run', ...wanted });
    },
    stop: () => wish({ type: 'stop' }),
    answer: choice => wish({ type: 'answer', choice }),
    accept: part => {
      const message = accepting(store.thread, part, true);
      if (message) {
        deed(message);
      }
    },
    reject: part => {
      const id = store.thread.pending?.id;
      if (id !== undefined) {
        deed({ type: 'reject', changes: id, ...part });
      }
    },
    undo: () => deed({ type: 'undo' }),
    set: (name, value) => deed({ type: 'set', name, value }),
    leaveOut: (name, isOut) => wish({ type: 'leave_out', name, is_out: isOut }),
    listModels: () => wish({ type: 'list_models' }),
    edit: code => void navigator.clipboard.writeText(code),
    rerun: null,
    interrupt: null,
    pin: null,
    complete: prefix =>
      new Promise(resolve => {
        waiting.set(prefix, resolve);
        model.send({ kind: 'complete', prefix });
      })
  };
}

export default { render };
