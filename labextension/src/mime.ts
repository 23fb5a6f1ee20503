// The renderer of saved traces. A notebook file is not to be trusted: what it holds becomes text and nothing else.

import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';
import { languageOf } from './languages';
import { mountTrace } from './view/app';

const MIME = 'application/vnd.smallcode.trace.v1+json';

class TraceOutput extends Widget implements IRenderMime.IRenderer {
  private unmount: (() => void) | null = null;

  constructor(private readonly translator: IRenderMime.IRendererOptions['translator']) {
    super();
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const t = languageOf(this.translator?.languageCode);
    this.unmount = mountTrace(this.node, model.data[MIME], { t, actions: null, hasCells: false });
    return Promise.resolve();
  }

  dispose(): void {
    if (!this.isDisposed) {
      this.unmount?.();
      super.dispose();
    }
  }
}

const extension: IRenderMime.IExtension = {
  id: 'smallcode-jupyter:trace',
  rendererFactory: {
    safe: true,
    mimeTypes: [MIME],
    createRenderer: options => new TraceOutput(options.translator)
  },
  // Before text/html, which every trace carries too.
  rank: 0,
  dataType: 'json'
};

export default extension;
