/** A page of the shell itself, for while there is no service to show pages. */
export interface ShellPage {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** The exact words of a failure, for whoever helps; may hold anything. */
  readonly detail?: string;
}

/**
 * The page as a `data:` address. It holds no script and may load nothing, so it needs no origin, no file and no
 * bridge; all its words are escaped.
 */
export function shellPageUrl(page: ShellPage): string {
  return `data:text/html;charset=utf-8,${encodeURIComponent(shellPageHtml(page))}`;
}

export function shellPageHtml(page: ShellPage): string {
  const paragraphs = page.paragraphs.map((text) => `<p>${escaped(text)}</p>`).join('\n      ');
  const detail = page.detail === undefined ? '' : `\n      <pre>${escaped(page.detail)}</pre>`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
    <meta name="color-scheme" content="light dark" />
    <title>Roost</title>
    <style>
      :root { color: light-dark(#1d1c1a, #ecebe8); background: light-dark(#faf9f7, #131312); }
      body { margin: 0; min-height: 100vh; display: grid; place-items: center;
        font: 16px/1.5 system-ui, sans-serif; }
      main { max-width: 34rem; padding: 2rem; }
      h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
      p { margin: 0 0 0.75rem; }
      pre { margin: 1.25rem 0 0; padding: 0.75rem 1rem; border-radius: 8px; white-space: pre-wrap;
        overflow-wrap: anywhere; font-size: 0.8125rem; background: light-dark(#f0eeea, #232322); }
    </style>
  </head>
  <body>
    <main role="status">
      <h1>${escaped(page.heading)}</h1>
      ${paragraphs}${detail}
    </main>
  </body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
