/** Width and height, or a distance, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * How a picture lies in the stage: `scale` is CSS pixels per picture pixel, `x` and `y` move the picture's
 * middle away from the stage's middle.
 */
export interface Zoom extends Point {
  readonly scale: number;
}

const MOST_SCALE = 4;

/** The largest scale at which the whole picture is visible; small pictures are not blown up. */
export function fitScale(picture: Size, stage: Size): number {
  return Math.min(1, stage.width / picture.width, stage.height / picture.height);
}

export function fitZoom(picture: Size, stage: Size): Zoom {
  return { scale: fitScale(picture, stage), x: 0, y: 0 };
}

/** Keeps the scale between fit and four times full size, and the picture's edges out of the stage. */
export function boundZoom(zoom: Zoom, picture: Size, stage: Size): Zoom {
  const least = fitScale(picture, stage);
  const scale = Math.min(Math.max(zoom.scale, least), Math.max(MOST_SCALE, least));
  const roomX = Math.max(0, (picture.width * scale - stage.width) / 2);
  const roomY = Math.max(0, (picture.height * scale - stage.height) / 2);
  return {
    scale,
    x: Math.min(roomX, Math.max(0 - roomX, zoom.x)),
    y: Math.min(roomY, Math.max(0 - roomY, zoom.y)),
  };
}

/**
 * Changes the scale so that what lies under `at` stays there, as far as the bounds allow. `at` counts from
 * the stage's middle.
 */
export function zoomTo(zoom: Zoom, scale: number, at: Point, picture: Size, stage: Size): Zoom {
  const bounded = boundZoom({ ...zoom, scale }, picture, stage).scale;
  const factor = bounded / zoom.scale;
  return boundZoom(
    {
      scale: bounded,
      x: at.x - (at.x - zoom.x) * factor,
      y: at.y - (at.y - zoom.y) * factor,
    },
    picture,
    stage,
  );
}

export function panBy(zoom: Zoom, by: Point, picture: Size, stage: Size): Zoom {
  return boundZoom({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y }, picture, stage);
}

export function isFit(zoom: Zoom, picture: Size, stage: Size): boolean {
  return zoom.scale <= fitScale(picture, stage) * 1.001;
}
