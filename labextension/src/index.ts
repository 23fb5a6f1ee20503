// The JupyterLab extension: the side panel, commands, the status bar. Saved traces are in mime.ts.

import { ILayoutRestorer, JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { addCommands } from './commands';
import { languageOf } from './languages';
import { SidePanel } from './panel';
import { StatusItem } from './status';

const ID = 'smallcode-jupyter:plugin';

const plugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'SmallCode: a coding agent for small local models, beside the notebook.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ILayoutRestorer, ICommandPalette, ISettingRegistry, ITranslator, IStatusBar],
  activate
};

function activate(
  app: JupyterFrontEnd,
  tracker: INotebookTracker,
  restorer: ILayoutRestorer | null,
  palette: ICommandPalette | null,
  registry: ISettingRegistry | null,
  translator: ITranslator | null,
  statusBar: IStatusBar | null
): void {
  const t = languageOf((translator ?? nullTranslator).languageCode);
  let settings: ISettingRegistry.ISettings | null = null;
  const given = (): ReadonlyMap<string, string> =>
    new Map(
      Object.entries(settings?.user ?? {})
        .filter(([, value]) => value !== null && typeof value !== 'object')
        .map(([name, value]) => [name, String(value)])
    );
  const panel = new SidePanel(tracker, t, given);
  app.shell.add(panel, 'right', { rank: 900, type: 'SmallCode' });
  restorer?.add(panel, panel.id);
  addCommands(app, panel, tracker, palette, t);
  statusBar?.registerStatusItem('smallcode-jupyter:status', {
    item: new StatusItem(panel, t),
    align: 'right',
    rank: 900
  });
  if (registry) {
    registry.load(ID).then(
      loaded => {
        settings = loaded;
        loaded.changed.connect(() => panel.applyGiven());
        panel.applyGiven();
      },
      (reason: Error) => console.error(`The settings of ${ID} could not be read: ${reason.message}`)
    );
  }
}

export default plugin;
