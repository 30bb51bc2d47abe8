import type { NetworkInterfaceInfo } from 'node:os';

import { describe, expect, it } from 'vitest';

import { lanUrls } from './lan-urls.ts';

function address(text: string, more: Partial<NetworkInterfaceInfo> = {}): NetworkInterfaceInfo {
  return {
    address: text,
    family: 'IPv4',
    internal: false,
    netmask: '255.255.255.0',
    mac: '00:00:00:00:00:00',
    cidr: null,
    ...more,
  } as NetworkInterfaceInfo;
}

const HOME = {
  lo: [address('127.0.0.1', { internal: true })],
  docker0: [address('172.17.0.1')],
  'vEthernet (WSL)': [address('172.20.0.1')],
  utun3: [address('10.8.0.2')],
  'br-1234': [address('172.18.0.1')],
  wlan0: [address('192.168.1.20'), address('fe80::1', { family: 'IPv6' })],
  eth0: [address('169.254.7.7'), address('192.168.1.21')],
  gone0: undefined,
};

describe('the addresses for devices', () => {
  it('are those of real interfaces first, then of virtual ones; never loopback or link-local', () => {
    expect(lanUrls(HOME, undefined, 7678)).toEqual([
      'http://192.168.1.20:7678',
      'http://192.168.1.21:7678',
      'http://172.17.0.1:7678',
      'http://172.20.0.1:7678',
      'http://10.8.0.2:7678',
      'http://172.18.0.1:7678',
    ]);
  });

  it.each(['0.0.0.0', '::'])('are all of them when bound to %s', (host) => {
    expect(lanUrls(HOME, host, 1)).toEqual(lanUrls(HOME, undefined, 1));
  });

  it.each([
    ['192.168.1.20', 'http://192.168.1.20:80'],
    ['fd00::7', 'http://[fd00::7]:80'],
    ['roost.local', 'http://roost.local:80'],
    ['127.0.0.1', 'http://127.0.0.1:80'],
  ])('are just the one a listener is bound to: %s', (host, url) => {
    expect(lanUrls(HOME, host, 80)).toEqual([url]);
    expect(() => new URL(url)).not.toThrow();
  });

  it('fall back to this computer where there is no network', () => {
    expect(lanUrls({}, undefined, 7678)).toEqual(['http://127.0.0.1:7678']);
  });
});
