import { el } from '../dom';

export interface Option<T extends string> { value: T; title: string; text: string }

/** A group of radio buttons drawn as cards. */
export class Choice<T extends string> {
  readonly element: HTMLFieldSetElement;
  readonly #inputs = new Map<T, HTMLInputElement>();
  readonly #texts = new Map<T, HTMLElement>();

  constructor(legend: string, name: string, options: Option<T>[], onPick: (value: T) => void) {
    this.element = el('fieldset', { class: 'choice' }, el('legend', null, legend));
    const cards = el('div', { class: 'cards' });
    for (const { value, title, text } of options) {
      const id = `${name}-${value}`;
      const input = el('input', { type: 'radio', name, value, id, 'aria-describedby': `${id}-text`, onchange: () => onPick(value) });
      const description = el('span', { class: 'text', id: `${id}-text` }, text);
      this.#inputs.set(value, input);
      this.#texts.set(value, description);
      cards.append(el('label', { class: 'option', for: id }, input, el('span', { class: 'title' }, title), description));
    }
    this.element.append(cards);
  }

  set(value: T, enabled: boolean): void {
    for (const [one, input] of this.#inputs) {
      input.checked = one === value;
      input.disabled = !enabled;
    }
  }

  /** Blocks one option, saying why. */
  describe(value: T, text: string, enabled: boolean): void {
    const description = this.#texts.get(value);
    if (description && description.textContent !== text) description.textContent = text;
    const input = this.#inputs.get(value);
    if (input && !enabled) input.disabled = true;
  }
}
