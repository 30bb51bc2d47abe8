import { AT_REST, frameOverTile } from './flight.ts';

/** Frames of the screen to wait for the grid to stand where the photo is. */
const MOST_FRAMES = 40;

/** Zero where the person asked for less motion. */
function calmMs(): number {
  const token = getComputedStyle(document.documentElement).getPropertyValue('--calm');
  const value = Number.parseFloat(token);
  return Number.isNaN(value) ? 0 : token.trim().endsWith('ms') ? value : value * 1000;
}

/** The tile of an asset, where it is in sight. */
function tileOf(assetId: string): HTMLElement | undefined {
  const tile = document.querySelector<HTMLElement>(`#content [data-asset-id="${assetId}"]`);
  if (tile === null) return undefined;
  const { width, height, top, bottom } = tile.getBoundingClientRect();
  return width > 0 && height > 0 && bottom > 0 && top < window.innerHeight ? tile : undefined;
}

function ownMove(element: HTMLElement): { readonly x: number; readonly y: number } {
  const { transform } = getComputedStyle(element);
  const { e: x, f: y } = new DOMMatrix(transform === 'none' ? '' : transform);
  return { x, y };
}

/** Not by `visibility`: what that hides loses the focus, which a tile gets back right when the viewer closes. */
const HIDDEN: Keyframe[] = [{ opacity: 0 }, { opacity: 0 }];

/** Has a picture come from the place of its tile. Without a tile in sight it is simply there. */
export function flyFromTile(assetId: string, picture: HTMLElement): void {
  const duration = calmMs();
  const tile = tileOf(assetId);
  if (duration === 0 || tile === undefined) return;
  const from = frameOverTile(
    picture.getBoundingClientRect(),
    tile.getBoundingClientRect(),
    ownMove(picture),
  );
  const easing = getComputedStyle(document.documentElement).getPropertyValue('--ease');
  // The tile may lie where the bar or the strip will be.
  const stage = picture.parentElement;
  stage?.style.setProperty('overflow', 'visible');
  tile.animate(HIDDEN, { duration });
  const flight = picture.animate([{ ...from }, { ...AT_REST }], { duration, easing });
  void flight.finished.catch(() => undefined).then(() => stage?.style.removeProperty('overflow'));
}

/**
 * Has what the viewer shows go back to its tile: call it right before the viewer is left. What is seen until then is a
 * copy, which nobody can touch.
 */
export function flyToTile(assetId: string): void {
  const duration = calmMs();
  const picture = document.querySelector<HTMLElement>('.viewer .picture');
  if (duration === 0 || picture === null) return;
  const copy = picture.cloneNode(true) as HTMLElement;
  for (const movie of copy.querySelectorAll('video')) movie.remove();
  const { left, top, width, height } = picture.getBoundingClientRect();
  copy.classList.add('picture--leaving');
  Object.assign(copy.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
    transform: 'none',
    translate: 'none',
  });
  const veil = document.createElement('div');
  veil.className = 'viewer-veil';
  for (const each of [veil, copy]) {
    each.setAttribute('aria-hidden', 'true');
    document.body.append(each);
  }
  const remove = () => [veil, copy].forEach((each) => each.remove());
  const easing = getComputedStyle(document.documentElement).getPropertyValue('--ease');
  const gone: Keyframe[] = [{ opacity: 1 }, { opacity: 0 }];
  waitForTile(assetId, (tile) => {
    veil.animate(gone, { duration, easing, fill: 'forwards' });
    let leave: Animation;
    if (tile === undefined) {
      leave = copy.animate(gone, { duration, easing, fill: 'forwards' });
    } else {
      const place = tile.getBoundingClientRect();
      const to = frameOverTile({ left, top, width, height }, place, { x: 0, y: 0 });
      tile.animate(HIDDEN, { duration });
      leave = copy.animate([{ ...AT_REST }, { ...to }], { duration, easing, fill: 'forwards' });
    }
    void leave.finished.then(remove, remove);
  });
}

/** Calls back once the viewer is gone and the grid stands still, or after a while without a tile. */
function waitForTile(assetId: string, found: (tile: HTMLElement | undefined) => void): void {
  let frames = 0;
  let lastTop: number | undefined;
  const look = () => {
    frames += 1;
    const isOpen = document.querySelector('.viewer') !== null;
    const tile = isOpen ? undefined : tileOf(assetId);
    const top = tile?.getBoundingClientRect().top;
    if (top !== undefined && top === lastTop) found(tile);
    else if (frames > MOST_FRAMES) found(undefined);
    else {
      lastTop = top;
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
}
