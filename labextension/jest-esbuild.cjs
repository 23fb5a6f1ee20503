// TypeScript for Jest, compiled as the bundles are.
const { transformSync } = require('esbuild');

module.exports = {
  process(source, file) {
    const loader = file.endsWith('x') ? 'tsx' : 'ts';
    const done = transformSync(source, {
      format: 'cjs',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      loader,
      sourcefile: file,
      sourcemap: 'inline',
      target: 'es2020'
    });
    return { code: done.code };
  }
};
