/** The only file that knows CodeMirror. The view lives in a shadow root, where its styles need no `style` element. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { defineLanguageFacet, HighlightStyle, Language, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic as EditorDiagnostic } from '@codemirror/lint';
import { EditorState, type Text } from '@codemirror/state';
import { Decoration, drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, MatchDecorator, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { parser } from '@lezer/markdown';
import type { Diagnostic } from '@pome/engine';

const markdown = new Language(defineLanguageFacet(), parser, [], 'markdown');

const highlight = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '600', color: 'var(--text)' },
  { tag: tags.processingInstruction, color: 'var(--faint)' },
  { tag: tags.monospace, color: 'var(--code)' },
  { tag: tags.strong, fontWeight: '600' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: [tags.link, tags.url], color: 'var(--accent-text)' },
  { tag: tags.comment, color: 'var(--faint)' },
]);

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', color: 'var(--text)', backgroundColor: 'var(--surface)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55', overflow: 'auto' },
  '.cm-content': { padding: '10px 0', caretColor: 'var(--accent)' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--faint)', border: 'none', paddingLeft: '4px' },
  '.cm-activeLine': { backgroundColor: 'var(--hover)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--selection)' },
  '.cm-marker': { color: 'var(--accent-text)', fontWeight: '600' },
  '.cm-tooltip': { backgroundColor: 'var(--raised)', color: 'var(--text)', border: '1px solid var(--line-strong)', borderRadius: '6px', maxWidth: '44ch' },
  '.cm-diagnostic': { padding: '6px 10px', borderLeftWidth: '3px', fontFamily: 'var(--sans)' },
  '.cm-lint-marker': { width: '0.8em', height: '0.8em' },
});

const markers = new MatchDecorator({
  regexp: /\[(?:D|P|code|model)(?::[\w-]+)?(?: +always-scored)?\]/gi,
  decoration: Decoration.mark({ class: 'cm-marker' }),
});

const criterionMarkers = ViewPlugin.fromClass(class {
  decorations: DecorationSet;
  constructor(view: EditorView) {
    this.decorations = markers.createDeco(view);
  }
  update(update: ViewUpdate) {
    this.decorations = markers.updateDeco(update, this.decorations);
  }
}, { decorations: (plugin) => plugin.decorations });

/** A position after `count` code points of a line, in the document's UTF-16 units. */
function offsetIn(line: string, count: number): number {
  let offset = 0;
  for (const character of line) {
    if (count-- <= 0) break;
    offset += character.length;
  }
  return offset;
}

function place(doc: Text, diagnostic: Diagnostic): EditorDiagnostic {
  const line = doc.line(Math.min(Math.max(diagnostic.line, 1), doc.lines));
  const from = line.from + offsetIn(line.text, diagnostic.column - 1);
  const to = diagnostic.length === 0 ? line.to : line.from + offsetIn(line.text, diagnostic.column - 1 + diagnostic.length);
  const message = diagnostic.hint ? `${diagnostic.message}\n${diagnostic.hint}` : diagnostic.message;
  return { from, to: Math.max(to, from), severity: diagnostic.severity === 'note' ? 'info' : diagnostic.severity, message };
}

export class Editor {
  readonly #view: EditorView;

  constructor(host: HTMLElement, label: string, onChange: (text: string) => void) {
    const root = host.attachShadow({ mode: 'open' });
    this.#view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        extensions: [
          lineNumbers(), lintGutter(), history(), drawSelection(), highlightActiveLine(), EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
          markdown, syntaxHighlighting(highlight), criterionMarkers, theme,
          keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
  }

  setText(text: string): void {
    const doc = this.#view.state.doc;
    if (doc.toString() !== text) this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: text }, scrollIntoView: true, selection: { anchor: 0 } });
  }

  setDiagnostics(diagnostics: Diagnostic[]): void {
    const { state } = this.#view;
    this.#view.dispatch(setDiagnostics(state, diagnostics.map((one) => place(state.doc, one))));
  }

  show(diagnostic: Diagnostic): void {
    const { from, to } = place(this.#view.state.doc, diagnostic);
    this.#view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    this.#view.focus();
  }
}
