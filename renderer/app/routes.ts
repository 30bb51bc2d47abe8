/** Every view has an address. */
export type Route =
  | { readonly view: 'home' }
  | { readonly view: 'timeline' }
  | { readonly view: 'photo'; readonly assetId: string }
  | { readonly view: 'jobs' }
  | { readonly view: 'job'; readonly jobId: string }
  | { readonly view: 'devices' }
  | { readonly view: 'settings' }
  | { readonly view: 'previews' }
  | { readonly view: 'trash' }
  | { readonly view: 'welcome' }
  | { readonly view: 'not-found' };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the path of an address. */
export function routeOf(path: string): Route {
  const [first = '', second, ...more] = path.split('/').slice(1);
  if (more.length > 0) return { view: 'not-found' };
  if (second === undefined || second === '') {
    if (first === '') return { view: 'timeline' };
    if (isSingleView(first)) return { view: first };
    return { view: 'not-found' };
  }
  if (!UUID.test(second)) return { view: 'not-found' };
  if (first === 'photo') return { view: 'photo', assetId: second.toLowerCase() };
  if (first === 'jobs') return { view: 'job', jobId: second.toLowerCase() };
  return { view: 'not-found' };
}

const SINGLE_VIEWS = [
  'home',
  'jobs',
  'devices',
  'settings',
  'previews',
  'trash',
  'welcome',
] as const;

function isSingleView(name: string): name is (typeof SINGLE_VIEWS)[number] {
  return SINGLE_VIEWS.some((view) => view === name);
}

export const paths = {
  home: '/home',
  timeline: '/',
  photo: (assetId: string) => `/photo/${assetId}`,
  jobs: '/jobs',
  job: (jobId: string) => `/jobs/${jobId}`,
  devices: '/devices',
  settings: '/settings',
  checking: '/settings#checking',
  folders: '/settings#folders',
  previews: '/previews',
  trash: '/trash',
  welcome: '/welcome',
} as const;
