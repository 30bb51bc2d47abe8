import { element, showComputerName, showSection } from './page-elements.ts';
import { PairSection, type Paired } from './pair-section.ts';
import { pairingMemory } from './pairing-memory.ts';
import { RoostClient } from './roost-client.ts';
import { SendSection } from './send-section.ts';
import { backOffMs, Waiting } from './waiting.ts';

const PRIVATE_WINDOW =
  'This browser keeps nothing here, perhaps because the window is private. The connection lasts until you close this page.';

const memory = pairingMemory(() => localStorage);
const waiting = new Waiting();
let server = { id: '', name: '' };
/** From the address (`/pair#12345678`): a fragment never leaves the browser. */
let code = takeCode();
/** Chosen before the computer stopped trusting this device; sent on once it does again. */
let unsent: readonly File[] = [];

const pairSection = new PairSection((paired) => goOn(paired));
const sendSection = new SendSection((refusal, files) => {
  unsent = files;
  memory.forget();
  pairSection.show(takenCode(), `${refusal.title} ${refusal.detail}`);
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
  pairSection.show('', 'Forgotten. To send photos again, pair this device with a new code.');
});
// A QR picture scanned while the page is open changes nothing but the fragment.
window.addEventListener('hashchange', () => {
  code = takeCode();
  if (code !== '' && !element('pair', HTMLElement).hidden) pairSection.show(takenCode());
});

await start();

async function start(): Promise<void> {
  showSection('loading');
  server = await reachComputer();
  showComputerName(server.name);
  const pairing = memory.read();
  if (pairing?.serverId !== server.id) {
    pairSection.show(takenCode());
    return;
  }
  const trusted = await new RoostClient(pairing.token).check([]);
  if (trusted.kind === 'refused' && trusted.refusal.code.startsWith('auth/')) {
    memory.forget();
    pairSection.show(takenCode(), `${trusted.refusal.title} ${trusted.refusal.detail}`);
  } else showChoose();
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
  element('not-kept', HTMLElement).textContent = PRIVATE_WINDOW;
  if (unsent.length > 0) send(unsent);
  else showChoose();
}

function showChoose(): void {
  element('own-name', HTMLElement).textContent = memory.read()?.deviceName ?? '';
  showSection('choose');
}

function send(files: readonly File[]): void {
  unsent = [];
  const token = memory.read()?.token ?? '';
  void sendSection.send({ computerName: server.name, token }, files);
}

/** Takes the code out of the address, so that it stays in no history and no bookmark. */
function takeCode(): string {
  const found = /^#([0-9A-Za-z -]{1,64})$/.exec(decodedFragment())?.[1] ?? '';
  if (location.hash !== '') history.replaceState(null, '', '/');
  return found;
}

function decodedFragment(): string {
  try {
    return decodeURIComponent(location.hash);
  } catch {
    return '';
  }
}

/** A code works once. */
function takenCode(): string {
  const taken = code;
  code = '';
  return taken;
}
