/**
 * The layer rule of ARCHITECTURE.md, as dependency-cruiser holds it. Every comment says what to do instead. A rule
 * added here needs a planted violation in tests/layers/: a test looks for it.
 */

/** Tests beside their subject may use test tools and reach across; product code may not import them. */
const TESTS = String.raw`\.(test|suite)\.tsx?$`;

/** How the `electron` package appears: resolved, or as one of the names its types declare. */
const ELECTRON_PACKAGE = [
  '^node_modules/electron/',
  '^electron$',
  '^electron/(main|common|renderer|utility)$',
];

/** Everything that parses what a camera made. */
const MEDIA_PACKAGES = String.raw`^node_modules/(sharp|@img|node-av|@seydx|libheif-js|libraw-wasm|thumbhash)/`;

/** Says where exiftool is, a program that the service runs as a process of its own; it parses nothing itself. */
const EXIFTOOL_PACKAGE = '^node_modules/exiftool-vendored/';

/** What the window and the page for phones are made of. A new package for them is named here, and in ARCHITECTURE.md with its reason. */
const WINDOW_PACKAGES = String.raw`^node_modules/(@noble/hashes|react|react-dom|react-aria-components|@tanstack/react-(query|virtual)|thumbhash|uqr|zod)/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'shared-is-language-only',
      comment:
        'shared/ runs everywhere and does nothing: it imports its own files and zod. Move what needs Node, a browser, ' +
        'Electron or another package to the part that does it, and leave the type or the pure rule here.',
      severity: 'error',
      from: { path: '^shared/', pathNot: TESTS },
      to: { pathNot: ['^shared/', '^node_modules/zod/'] },
    },
    {
      name: 'only-the-shell-imports-electron',
      comment:
        'Everything but electron/main and electron/preload also runs without a display, under plain Node or in a ' +
        'browser. Pass what the service needs from Electron in its settings, or ask for it by a message to the shell.',
      severity: 'error',
      from: { path: '^(electron|shared|renderer)/', pathNot: '^electron/(main|preload)/' },
      to: { path: ELECTRON_PACKAGE },
    },
    {
      name: 'service-knows-no-host',
      comment:
        'The service does not know who started it: shell, command line or test. Let the host pass it in through ' +
        'start-service.ts, or move the code both need to shared/ or into the service.',
      severity: 'error',
      from: { path: '^electron/service/', pathNot: TESTS },
      to: { path: '^(electron/(main|preload|cli)|renderer)/' },
    },
    {
      name: 'cli-is-service-and-shared',
      comment:
        'The command line works where no window and no Electron is. Take what it needs from electron/service or ' +
        'shared, or move it there.',
      severity: 'error',
      from: { path: '^electron/cli/', pathNot: TESTS },
      to: { path: '^(electron/(main|preload)|renderer)/' },
    },
    {
      name: 'shell-hosts-and-shows',
      comment:
        'The shell starts the service and loads built files by their path. What it shares with the bridge or the ' +
        'window belongs into shared/; the command line is another host and none of its business.',
      severity: 'error',
      from: { path: '^electron/main/', pathNot: TESTS },
      to: { path: '^(electron/(preload|cli)|renderer)/' },
    },
    {
      name: 'preload-is-a-narrow-bridge',
      comment:
        'The preload script runs in the sandbox beside the pages, without Node: it imports electron, shared and its ' +
        'own files. Do the work in electron/main and pass the answer over a channel.',
      severity: 'error',
      from: { path: '^electron/preload/', pathNot: TESTS },
      to: {
        pathNot: ['^electron/preload/', '^shared/', '^node_modules/zod/', ...ELECTRON_PACKAGE],
      },
    },
    {
      name: 'window-has-no-node',
      comment:
        "The pages are the same in Electron and in a browser: there is no Node in them. Ask the service over the window's " +
        'contract in shared/.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'window-asks-the-service',
      comment:
        "The window reaches the service over the window's contract in shared/ and nothing else. Move a type or a pure " +
        'rule both need to shared/.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: TESTS },
      to: {
        pathNot: ['^renderer/', '^shared/', '^resources/', 'node_modules/', ...ELECTRON_PACKAGE],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'window-packages-are-listed',
      comment:
        'What the window is made of is downloaded and run by a browser: each package is named in WINDOW_PACKAGES. ' +
        'A package for Node belongs to the service; a new one for the window is added there with its reason.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: TESTS },
      to: { path: '^node_modules/', pathNot: [WINDOW_PACKAGES, ...ELECTRON_PACKAGE] },
    },
    {
      name: 'ui-knows-no-photos',
      comment:
        'renderer/ui holds controls without domain words. Pass texts and values in as properties; a part that knows ' +
        'devices, jobs or photos lives in the folder of that subject. (text/format.ts knows numbers and times only.)',
      severity: 'error',
      from: { path: '^renderer/ui/', pathNot: TESTS },
      to: {
        path: '^(shared|renderer)/',
        pathNot: ['^renderer/ui/', String.raw`^renderer/text/format\.ts$`],
      },
    },
    {
      name: 'decoder-stands-alone',
      comment:
        'The decoder process meets hostile files: it imports shared, zod, media libraries and Node, never code that ' +
        'holds the library, the catalog or tokens. Send what it needs in the request.',
      severity: 'error',
      from: { path: '^electron/service/decoder/', pathNot: TESTS },
      to: {
        pathNot: [
          '^electron/service/decoder/',
          '^shared/',
          '^node_modules/zod/',
          MEDIA_PACKAGES,
          EXIFTOOL_PACKAGE,
          ...ELECTRON_PACKAGE,
        ],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'media-libraries-only-in-the-decoder',
      comment:
        'A broken or hostile file may kill the process that parses it, so only the decoder process does. Outside ' +
        'electron/service/decoder nothing may load a media library, not even through one of its files: ask the ' +
        'decoder by a message, and keep its messages in files that import no media library.',
      severity: 'error',
      from: { path: '^electron/', pathNot: ['^electron/service/decoder/', TESTS] },
      to: { path: MEDIA_PACKAGES, reachable: true },
    },
    {
      name: 'adapters-use-the-core',
      comment:
        'A protocol adapter turns its own headers into an IncomingResource and hands it over. It imports ingest, ' +
        'devices, jobs, the listener in electron/service/lan and shared; what else it needs is passed to it, or is ' +
        'one of their questions.',
      severity: 'error',
      from: { path: '^electron/service/lan/protocols/', pathNot: TESTS },
      to: {
        path: '^electron/service/',
        pathNot: [
          '^electron/service/(ingest|devices|jobs)/',
          String.raw`^electron/service/lan/[^/]+\.ts$`,
          '^electron/service/lan/protocols/',
        ],
      },
    },
    {
      name: 'adapters-know-not-each-other',
      comment:
        'Each protocol can be read, changed and removed without the others. Move what two of them need to ingest or ' +
        'to the listener in electron/service/lan.',
      severity: 'error',
      from: { path: '^electron/service/lan/protocols/([^/]+)/', pathNot: TESTS },
      to: {
        path: '^electron/service/lan/protocols/',
        pathNot: '^electron/service/lan/protocols/$1/',
      },
    },
    {
      name: 'nothing-leans-on-an-adapter',
      comment:
        'Only the listener that mounts the adapters (electron/service/lan/*.ts) and start-service.ts know them. Move ' +
        'what others need to where it belongs: ingest, devices, jobs or shared.',
      severity: 'error',
      from: {
        path: '^(electron|shared|renderer)/',
        pathNot: [
          '^electron/service/lan/protocols/',
          String.raw`^electron/service/lan/[^/]+\.ts$`,
          String.raw`^electron/service/start-service\.ts$`,
          TESTS,
        ],
      },
      to: { path: '^electron/service/lan/protocols/' },
    },
    {
      name: 'only-ingest-writes-originals',
      comment:
        'The order hash, prove, place, record is kept in one place. Hand a resource to ingest, have an original moved ' +
        'by filing, or ask the library; do not stage or place files yourself. Copies for a person, outside the library, ' +
        'are placed by export.',
      severity: 'error',
      from: {
        path: '^(electron|shared|renderer)/',
        pathNot: ['^electron/service/(ingest|library|filing)/|export/folder-export', TESTS],
      },
      to: { path: String.raw`^electron/service/(ingest|library)/(stag|plac)[^/]*\.ts$` },
    },
    {
      name: 'no-circular-imports',
      comment:
        'Two files that need each other, be it for a type, are one subject or hide a third: move what both need to a ' +
        'file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'Nothing imports this file and it imports nothing: delete it, or use it.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          TESTS,
          String.raw`\.d\.ts$`,
          // Started by name, not by import.
          String.raw`-entry\.ts$`,
          String.raw`^electron/main/main\.ts$`,
          String.raw`^electron/preload/preload\.ts$`,
          String.raw`^scripts/lib/count-reporter\.mjs$`,
        ],
      },
      to: {},
    },
    {
      name: 'product-imports-no-tests',
      comment:
        'Tests, benchmarks and scripts are not shipped. Move what the product needs into the product, and let the test ' +
        'import it from there.',
      severity: 'error',
      from: { path: '^(electron|shared|renderer)/', pathNot: TESTS },
      to: { path: [TESTS, '^(tests|bench|scripts)/'] },
    },
    {
      name: 'scripts-need-no-packages',
      comment:
        'start, test and roost run before anything is installed, on the Node the person has: they import Node and ' +
        'scripts/ only. Start a package as a program instead.',
      severity: 'error',
      from: { path: String.raw`^scripts/(lib/[^/]+|start|test|roost|build|check)\.mjs$` },
      to: { pathNot: '^scripts/', dependencyTypesNot: ['core'] },
    },
  ],
  options: {
    // Type-only imports count: they tie two subjects together just as much.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|coverage)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
