// Every sentence has its German one, with the same places for values.

import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';
import { languageOf } from '../languages';
import german from '../locale/de.json';
import { kernelWords, sourceWords } from '../words';

const catalogue: { [english: string]: string } = german;

function sentences(): Set<string> {
  const folders = [join(__dirname, '..'), join(__dirname, '..', 'view')];
  const files = folders.flatMap(folder => readdirSync(folder).map(name => join(folder, name)));
  const sources = files.filter(file => /\.tsx?$/.test(file)).map(file => readFileSync(file, 'utf8'));
  const calls = sources.flatMap(source => [...source.matchAll(/\b(?:t|later)\(\s*'((?:[^'\\]|\\.)*)'/g)]);
  return new Set(calls.map(call => call[1]));
}

test('the catalogue has every sentence and no other', () => {
  expect(Object.keys(catalogue).sort()).toEqual([...sentences()].sort());
});

/** Words in markup that no translator sees: between tags, and in attributes that are shown or read out. */
function untranslated(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) {
      found.push(node.text);
    } else if (ts.isStringLiteralLike(node) && isShown(node)) {
      found.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.map(text => text.trim()).filter(text => /\p{L}{2}/u.test(text));
}

/** Whether a literal is the whole value of such an attribute, or stands between tags. */
function isShown(node: ts.Node): boolean {
  let place = node.parent;
  while (
    ts.isParenthesizedExpression(place) ||
    (ts.isConditionalExpression(place) && place.condition !== node)
  ) {
    place = place.parent;
  }
  if (ts.isJsxExpression(place)) {
    place = place.parent;
  }
  const spoken = ['title', 'placeholder', 'alt', 'label', 'aria-label', 'aria-description'];
  return ts.isJsxAttribute(place)
    ? spoken.includes(place.name.getText())
    : ts.isJsxElement(place) || ts.isJsxFragment(place);
}

test('no words of the view are hard-coded', () => {
  const folder = join(__dirname, '..', 'view');
  const files = readdirSync(folder).map(name => join(folder, name));
  expect(files.flatMap(untranslated)).toEqual([]);
  expect(untranslated(join(__dirname, 'hard-coded.tsx.txt'))).toEqual([
    'A title',
    'Hello',
    'Yes',
    'No',
    'Read out'
  ]);
});

test('what the kernel says about a decision is translated, all else is shown as it is', () => {
  const t = languageOf('de');
  expect(kernelWords('Discarded: a.py, b.py.', t)).toBe('Verworfen: a.py, b.py.');
  expect(kernelWords('Put back: a.py.', t)).toBe('Zurückgesetzt: a.py.');
  const two = 'Put back: a.py. The variable x stays.';
  expect(kernelWords(two, t)).toBe(two);
  expect(kernelWords('There is %1 no server.', t)).toBe('There is %1 no server.');
});

test('where a value came from is said in words, a file by its name', () => {
  const t = languageOf('de');
  expect(['set here', 'locked by /etc/x.toml', '.env'].map(source => sourceWords(source, t))).toEqual([
    'hier gesetzt',
    'festgelegt durch /etc/x.toml',
    '.env'
  ]);
});

test('values have the same places', () => {
  const places = (text: string): string[] => (text.match(/%\d/g) ?? []).sort();
  for (const [text, translated] of Object.entries(catalogue)) {
    expect(places(translated)).toEqual(places(text));
  }
});

test('an unknown language is English, a region does not matter', () => {
  expect(languageOf('de_AT')('Send')).toBe('Senden');
  expect(languageOf('ja-JP')('Send')).toBe('Send');
  expect(languageOf('de')('read %1', 'a %1 b')).toBe('a %1 b lesen');
});
