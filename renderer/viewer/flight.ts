/** A place on the page in CSS pixels, as `getBoundingClientRect` tells it. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How an element that lies at one place has to be moved, scaled and cut to cover another one. */
export interface FlightFrame {
  readonly translate: string;
  readonly scale: string;
  readonly clipPath: string;
}

/**
 * The frame in which a picture at `picture` covers `tile` exactly, cut where the shapes differ, as tiles are. `own` is
 * what the element's `transform` moves it by: scaling grows that, too.
 */
export function frameOverTile(
  picture: Place,
  tile: Place,
  own: { readonly x: number; readonly y: number },
): FlightFrame {
  const scale = Math.max(tile.width / picture.width, tile.height / picture.height);
  const x = middleX(tile) - (middleX(picture) - own.x) - scale * own.x;
  const y = middleY(tile) - (middleY(picture) - own.y) - scale * own.y;
  const cutX = Math.max(0, (picture.width - tile.width / scale) / 2);
  const cutY = Math.max(0, (picture.height - tile.height / scale) / 2);
  return {
    translate: `${x}px ${y}px`,
    scale: String(scale),
    clipPath: `inset(${cutY}px ${cutX}px)`,
  };
}

export const AT_REST: FlightFrame = {
  translate: '0px 0px',
  scale: '1',
  clipPath: 'inset(0px 0px)',
};

function middleX({ left, width }: Place): number {
  return left + width / 2;
}

function middleY({ top, height }: Place): number {
  return top + height / 2;
}
