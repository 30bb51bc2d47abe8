import { proposedDeviceName } from './device-name.ts';
import { element, showSection, showText } from './page-elements.ts';
import { pageWords } from './page-words.ts';
import { RoostClient } from './roost-client.ts';

export interface Paired {
  readonly serverId: string;
  readonly token: string;
  readonly deviceName: string;
}

/** Pairing by the code of the QR picture, or by one that is typed. */
export class PairSection {
  readonly #code = element('code', HTMLInputElement);
  readonly #codeField = element('code-field', HTMLElement);
  readonly #name = element('device-name', HTMLInputElement);
  readonly #button = element('pair-button', HTMLButtonElement);
  readonly #problem = element('pair-problem', HTMLElement);
  readonly #onPaired: (paired: Paired) => void;
  readonly #onCodeUsed: () => void;

  /** `onCodeUsed` runs when the computer has answered to a code, with yes or no. */
  constructor(onPaired: (paired: Paired) => void, onCodeUsed: () => void) {
    this.#onPaired = onPaired;
    this.#onCodeUsed = onCodeUsed;
    this.#name.value = proposedDeviceName(navigator);
    element('pair-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#pair();
    });
  }

  /** `code` comes from the address; then there is nothing to type. */
  show(code: string, notice = ''): void {
    this.#code.value = code;
    this.#codeField.hidden = code !== '';
    showText(this.#problem, '');
    showText(element('pair-notice', HTMLElement), notice);
    showSection('pair');
  }

  async #pair(): Promise<void> {
    const code = this.#code.value.trim();
    const name = this.#name.value.trim();
    if (code === '') {
      this.#complain(pageWords.codeNeeded, this.#code);
      return;
    }
    if (!isCode(code)) {
      this.#codeField.hidden = false;
      this.#complain(pageWords.codeWrong, this.#code);
      return;
    }
    if (name === '') {
      this.#complain(pageWords.nameNeeded, this.#name);
      return;
    }
    showText(this.#problem, '');
    this.#button.disabled = true;
    this.#button.textContent = pageWords.connecting;
    const outcome = await new RoostClient().pair(code, name);
    this.#button.disabled = false;
    this.#button.textContent = pageWords.connect;
    switch (outcome.kind) {
      case 'done':
        this.#onCodeUsed();
        this.#onPaired({
          serverId: outcome.value.server.id,
          token: outcome.value.token,
          deviceName: name,
        });
        return;
      case 'refused':
        this.#onCodeUsed();
        this.#codeField.hidden = false;
        this.#code.value = '';
        this.#complain(`${outcome.refusal.title} ${outcome.refusal.detail}`, this.#code);
        return;
      case 'unreachable':
        this.#complain(pageWords.noAnswer, this.#button);
    }
  }

  #complain(text: string, where: HTMLElement): void {
    showText(this.#problem, text);
    where.focus();
  }
}

/** Eight digits, as the computer shows them or closed up; asking with less would only use up a try. */
function isCode(text: string): boolean {
  return /^\d{8}$/.test(text.replace(/[\s\p{Pd}]/gu, ''));
}
