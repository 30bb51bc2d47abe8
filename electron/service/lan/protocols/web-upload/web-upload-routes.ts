import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Router, type RequestHandler } from 'express';

import { RoostError } from '../../../../../shared/error-catalogue.ts';

/** Everything of the build that the network gets to see; addresses by file. Nothing else is ever read. */
const FILES: readonly PageFile[] = [
  { name: 'index.html', paths: ['/', '/pair'], type: 'text/html; charset=utf-8' },
  { name: 'app.js', paths: ['/web-upload/app.js'], type: 'text/javascript; charset=utf-8' },
  { name: 'style.css', paths: ['/web-upload/style.css'], type: 'text/css; charset=utf-8' },
  { name: 'icon.svg', paths: ['/web-upload/icon.svg'], type: 'image/svg+xml' },
  { name: 'icon-180.png', paths: ['/web-upload/icon-180.png'], type: 'image/png' },
  { name: 'icon-512.png', paths: ['/web-upload/icon-512.png'], type: 'image/png' },
  {
    name: 'manifest.webmanifest',
    paths: ['/web-upload/manifest.webmanifest'],
    type: 'application/manifest+json',
  },
];

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  // blob: for small pictures of the photos being sent.
  "img-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  // The files keep their names from version to version.
  'cache-control': 'no-cache',
};

interface PageFile {
  readonly name: string;
  readonly paths: readonly string[];
  readonly type: string;
}

export interface WebUploadParts {
  /** Where the built page lies (`web-upload` in the built renderer); none when nothing is built. */
  readonly folder: string | undefined;
}

/**
 * The page a phone's browser gets: `http://<address>:<port>/pair#<code>`. The code stands in the fragment, which
 * a browser keeps to itself. The page speaks the native protocol, so these are plain files, read once.
 */
export function webUploadRoutes({ folder }: WebUploadParts): Router {
  const router = Router({ caseSensitive: true, strict: true });
  for (const { name, paths, type } of FILES) {
    const body = folder === undefined ? undefined : contentOf(join(folder, name));
    router.get([...paths], body ? sendFile(body, type) : sayMissing);
  }
  return router;
}

function sendFile(body: Buffer, type: string): RequestHandler {
  return (request, response) => {
    response.writeHead(200, {
      ...HEADERS,
      'content-type': type,
      'content-length': body.byteLength,
    });
    // Node would read whatever body such a request has to its end, however long.
    response.end(request.method === 'HEAD' ? undefined : body, () => {
      if (!request.complete) request.socket.destroy();
    });
  };
}

const sayMissing: RequestHandler = () => {
  throw new RoostError('request/not-found', 'The page for browsers is not built.');
};

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
