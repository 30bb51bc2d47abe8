import { byteCountText } from './page-text.ts';
import { pageWords } from './page-words.ts';
import type { SendFile } from './send-run.ts';

/** One file in a list: its picture, its name, how far it is or why it failed. */
export class FileRow {
  readonly root = document.createElement('li');
  readonly #state = document.createElement('p');
  readonly #bar = document.createElement('progress');
  #pictureUrl: string | undefined;

  constructor(each: SendFile) {
    const words = document.createElement('div');
    words.className = 'file-words';
    const name = document.createElement('p');
    name.className = 'file-name';
    name.textContent = each.file.name;
    this.#state.className = 'small quiet numbers';
    words.append(name, this.#state);
    this.root.append(this.#picture(each), words);
    if (each.state !== 'failed') {
      this.#bar.max = each.file.size;
      this.#bar.setAttribute('aria-label', each.file.name);
      words.append(this.#bar);
    }
    this.update(each);
  }

  /** `isPaused`: nothing goes on at the moment. */
  update({ state, reason, file, sentByteCount }: SendFile, isPaused = false): void {
    this.#bar.value = sentByteCount;
    if (state === 'failed') this.#state.textContent = reason;
    else {
      const size = byteCountText(file.size);
      const isWriting = sentByteCount === file.size && !isPaused;
      const progress = pageWords.of(byteCountText(sentByteCount), size);
      this.#state.textContent = isWriting
        ? pageWords.writing(size)
        : isPaused
          ? `${progress} · ${pageWords.paused}`
          : progress;
    }
  }

  /** The picture is held in memory until this is called. */
  remove(): void {
    this.root.remove();
    if (this.#pictureUrl !== undefined) URL.revokeObjectURL(this.#pictureUrl);
  }

  #picture(each: SendFile): HTMLElement {
    const frame = document.createElement('div');
    frame.className = `file-picture ${each.resourceType}`;
    if (each.resourceType === 'photo' && each.state !== 'failed') {
      const picture = document.createElement('img');
      this.#pictureUrl = URL.createObjectURL(each.file);
      picture.alt = '';
      picture.decoding = 'async';
      // Not every browser shows every photo it can send.
      picture.addEventListener('error', () => picture.remove());
      picture.src = this.#pictureUrl;
      frame.append(picture);
    }
    return frame;
  }
}
