import type { PlantedFiles } from './planted-tree.ts';

export interface PlantedViolation {
  readonly rule: string;
  /** What the person planting it did, as it reads in the test's name. */
  readonly deed: string;
  readonly files: PlantedFiles;
  /** The file the rule must point at. */
  readonly from: string;
}

/** One wrong import: a new file in the tree that imports what it may not. */
function planted(rule: string, from: string, target: string, deed: string): PlantedViolation {
  return { rule, from, deed, files: { [from]: `import '${target}';\n` } };
}

/** At least one violation of each rule in .dependency-cruiser.mjs. */
export const PLANTED_VIOLATIONS: readonly PlantedViolation[] = [
  planted('shared-is-language-only', 'shared/clock.ts', 'node:fs', 'shared reads files'),
  planted('shared-is-language-only', 'shared/clock.ts', 'express', 'shared uses a package'),
  planted(
    'shared-is-language-only',
    'shared/clock.ts',
    '../electron/service/devices/devices.ts',
    'shared imports the service',
  ),
  planted(
    'only-the-shell-imports-electron',
    'electron/service/devices/keychain.ts',
    'electron',
    'the service imports electron',
  ),
  planted(
    'only-the-shell-imports-electron',
    'electron/cli/open-window.ts',
    'electron/main',
    "the command line imports electron's main part",
  ),
  {
    rule: 'only-the-shell-imports-electron',
    deed: 'the service imports a type of electron',
    from: 'electron/service/devices/keychain.ts',
    files: {
      'electron/service/devices/keychain.ts': `import type { SafeStorage } from 'electron';\nexport type Keychain = SafeStorage;\n`,
    },
  },
  planted(
    'service-knows-no-host',
    'electron/service/jobs/notify.ts',
    '../../main/main-window.ts',
    'the service imports the shell',
  ),
  planted(
    'service-knows-no-host',
    'electron/service/jobs/notify.ts',
    '../../../renderer/ui/button.tsx',
    'the service imports the window',
  ),
  planted(
    'cli-is-service-and-shared',
    'electron/cli/open-window.ts',
    '../main/main-window.ts',
    'the command line imports the shell',
  ),
  planted(
    'shell-hosts-and-shows',
    'electron/main/tray.ts',
    '../../renderer/ui/button.tsx',
    'the shell imports a part of the window',
  ),
  planted(
    'preload-is-a-narrow-bridge',
    'electron/preload/read-file.ts',
    'node:fs',
    'the preload script uses Node',
  ),
  planted(
    'preload-is-a-narrow-bridge',
    'electron/preload/read-file.ts',
    '../service/devices/devices.ts',
    'the preload script imports the service',
  ),
  planted('window-has-no-node', 'renderer/app/save.ts', 'node:path', 'the window uses Node'),
  planted(
    'window-asks-the-service',
    'renderer/app/devices.ts',
    '../../electron/service/devices/devices.ts',
    'the window imports the service',
  ),
  planted(
    'window-packages-are-listed',
    'renderer/app/log.ts',
    'pino',
    'the window imports a package for Node',
  ),
  planted(
    'ui-knows-no-photos',
    'renderer/ui/asset-card.tsx',
    '../../shared/asset.ts',
    'a control imports a domain type',
  ),
  planted(
    'ui-knows-no-photos',
    'renderer/ui/asset-card.tsx',
    '../timeline/timeline.tsx',
    'a control imports a page',
  ),
  planted(
    'decoder-stands-alone',
    'electron/service/decoder/remember.ts',
    '../catalog/catalog.ts',
    'the decoder imports the catalog',
  ),
  planted(
    'decoder-stands-alone',
    'electron/service/decoder/remember.ts',
    'express',
    'the decoder uses a package that is no media library',
  ),
  planted(
    'media-libraries-only-in-the-decoder',
    'electron/service/previews/shrink.ts',
    'sharp',
    'the preview queue decodes for itself',
  ),
  planted(
    'media-libraries-only-in-the-decoder',
    'electron/service/previews/shrink.ts',
    '../decoder/decode-picture.ts',
    "the preview queue loads a media library through the decoder's file",
  ),
  planted(
    'adapters-use-the-core',
    'electron/service/lan/protocols/native/list-assets.ts',
    '../../../catalog/catalog.ts',
    'an adapter asks the catalog itself',
  ),
  planted(
    'adapters-know-not-each-other',
    'electron/service/lan/protocols/native/login.ts',
    '../immich/immich-routes.ts',
    'an adapter imports another',
  ),
  planted(
    'nothing-leans-on-an-adapter',
    'electron/service/jobs/routes.ts',
    '../lan/protocols/native/native-routes.ts',
    'the jobs import an adapter',
  ),
  planted(
    'only-ingest-writes-originals',
    'electron/service/devices/avatar.ts',
    '../library/place-file.ts',
    'the devices place a file in the library',
  ),
  planted(
    'only-ingest-writes-originals',
    'electron/service/devices/avatar.ts',
    '../ingest/staging.ts',
    'the devices stage a file',
  ),
  {
    rule: 'no-circular-imports',
    deed: 'two files import each other',
    from: 'shared/egg.ts',
    files: {
      'shared/hen.ts': `import { egg } from './egg.ts';\nexport const hen = (): string => egg();\n`,
      'shared/egg.ts': `import { hen } from './hen.ts';\nexport const egg = (): string => hen();\n`,
    },
  },
  {
    rule: 'no-circular-imports',
    deed: 'two files import a type of each other',
    from: 'shared/egg.ts',
    files: {
      'shared/hen.ts': `import type { Egg } from './egg.ts';\nexport interface Hen { eggs: Egg[] }\n`,
      'shared/egg.ts': `import type { Hen } from './hen.ts';\nexport interface Egg { hen: Hen }\n`,
    },
  },
  {
    rule: 'no-orphans',
    deed: 'a file is left that nothing uses',
    from: 'shared/left-over.ts',
    files: { 'shared/left-over.ts': `export const leftOver = 1;\n` },
  },
  {
    rule: 'product-imports-no-tests',
    deed: "product code imports a test's helper",
    from: 'electron/service/jobs/replay.ts',
    files: {
      'electron/service/jobs/replay.ts': `import '../../../tests/support/fake-phone.ts';\n`,
      'tests/support/fake-phone.ts': `import 'node:net';\n`,
    },
  },
  {
    rule: 'product-imports-no-tests',
    deed: 'product code imports a suite',
    from: 'electron/service/jobs/replay.ts',
    files: {
      'electron/service/jobs/replay.ts': `import './jobs.suite.ts';\n`,
      'electron/service/jobs/jobs.suite.ts': `import 'node:net';\n`,
    },
  },
  planted(
    'scripts-need-no-packages',
    'scripts/lib/colours.mjs',
    'pino',
    'a script that runs before the installation uses a package',
  ),
];
