import { showChoose } from './choose-section.ts';
import { fillWords } from './fill-words.ts';
import { element, showComputerName, showSection } from './page-elements.ts';
import { pageWords } from './page-words.ts';
import { PairSection, type Paired } from './pair-section.ts';
import { pairingMemory } from './pairing-memory.ts';
import type { Refusal } from './outcome.ts';
import { RoostClient } from './roost-client.ts';
import { SendSection } from './send-section.ts';
import { UploadMemory } from './upload-memory.ts';
import { backOffMs, Waiting } from './waiting.ts';

fillWords();

const memory = pairingMemory(() => localStorage);
const waiting = new Waiting();
let server = { id: '', name: '' };
let uploadMemory: UploadMemory | undefined;
/** From the address (`/pair#12345678`): a fragment never leaves the browser. */
let code = codeOfAddress();
/** Chosen before the computer stopped trusting this device; sent on once it does again. */
let unsent: readonly File[] = [];

const pairSection = new PairSection((paired) => goOn(paired), clearCode);
const sendSection = new SendSection((refusal, files) => {
  unsent = files;
  memory.forget();
  pairSection.show(code, noticeOf(refusal, code));
});

for (const input of document.querySelectorAll<HTMLInputElement>('.pick-files')) {
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    // So that choosing the same files again is a change.
    input.value = '';
    if (files.length > 0) send(files);
  });
}
element('reach-again', HTMLButtonElement).addEventListener('click', () => waiting.wakeAll());
element('forget', HTMLButtonElement).addEventListener('click', () => {
  memory.forget();
  uploads().forgetAll();
  pairSection.show('', pageWords.forgotten);
});
// A QR picture scanned while the page is open changes nothing but the fragment.
window.addEventListener('hashchange', () => {
  code = codeOfAddress();
  if (code !== '' && !element('pair', HTMLElement).hidden) pairSection.show(code);
});

await start();

async function start(): Promise<void> {
  showSection('loading');
  server = await reachComputer();
  showComputerName(server.name);
  const pairing = memory.read();
  if (pairing?.serverId !== server.id) {
    pairSection.show(code);
    return;
  }
  const trusted = await new RoostClient(pairing.token).check([]);
  if (trusted.kind === 'refused' && trusted.refusal.code.startsWith('auth/')) {
    memory.forget();
    pairSection.show(code, noticeOf(trusted.refusal, code));
  } else {
    clearCode();
    choose();
  }
}

async function reachComputer(): Promise<{ id: string; name: string }> {
  for (let tries = 1; ; tries++) {
    const outcome = await new RoostClient().ping();
    if (outcome.kind === 'done') return outcome.value;
    showSection('unreachable');
    await waiting.wait(backOffMs(tries));
  }
}

function goOn(paired: Paired): void {
  const isKept = memory.write(paired);
  element('not-kept', HTMLElement).hidden = isKept;
  element('not-kept', HTMLElement).textContent = pageWords.notKept;
  if (unsent.length > 0) send(unsent);
  else choose();
}

function choose(): void {
  const unfinished = uploads().unfinished();
  showChoose({
    deviceName: memory.read()?.deviceName ?? '',
    unfinished: unfinished.map(({ fileName }) => fileName),
  });
}

/** Made once the computer is known. */
function uploads(): UploadMemory {
  uploadMemory ??= new UploadMemory(() => localStorage, server.id);
  return uploadMemory;
}

function send(files: readonly File[]): void {
  unsent = [];
  const token = memory.read()?.token ?? '';
  const destination = { computerName: server.name, token, uploads: uploads() };
  void sendSection.send(destination, files);
}

/** The code stays in the address until the computer has answered to it, so that it survives a reload. */
function codeOfAddress(): string {
  return /^#([0-9A-Za-z -]{1,64})$/.exec(decodedFragment())?.[1] ?? '';
}

/** A code works once: out of the address with it, so that it stays in no history and no bookmark. */
function clearCode(): void {
  code = '';
  history.replaceState(null, '', '/');
}

/** A revoked key is the usual case, and what to do about it can be said more plainly here than for programs. */
function noticeOf(refusal: Refusal, waitingCode: string): string {
  if (refusal.code !== 'auth/token-invalid') return `${refusal.title} ${refusal.detail}`;
  return waitingCode === '' ? pageWords.notPaired : pageWords.connectAgain;
}

function decodedFragment(): string {
  try {
    return decodeURIComponent(location.hash);
  } catch {
    return '';
  }
}
