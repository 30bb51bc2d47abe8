import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { interfaceAddress, interfacesWith } from './fake-air.ts';
import { readNetwork, sameNetwork } from './network-addresses.ts';

const loopback = { lo: [interfaceAddress('127.0.0.1', true), interfaceAddress('::1', true)] };

describe('readNetwork', () => {
  it('takes IPv4 before IPv6 and leaves out loopback and link-local addresses', () => {
    const interfaces = {
      ...loopback,
      eth0: [
        interfaceAddress('fe80::1'),
        interfaceAddress('fd00::2'),
        interfaceAddress('10.0.0.2'),
      ],
      eth1: [interfaceAddress('169.254.7.7'), interfaceAddress('10.0.1.2')],
    };
    expect(readNetwork(interfaces)).toEqual({
      linkAddresses: ['10.0.0.2', '10.0.1.2'],
      addresses: ['10.0.0.2', '10.0.1.2', 'fd00::2'],
    });
  });

  it('takes nothing but the address the listener is bound to', () => {
    const interfaces = {
      ...loopback,
      eth0: [interfaceAddress('10.0.0.2'), interfaceAddress('fd00::2')],
      eth1: [interfaceAddress('10.0.1.2')],
    };
    expect(readNetwork(interfaces, { address: '10.0.1.2' })).toEqual({
      linkAddresses: ['10.0.1.2'],
      addresses: ['10.0.1.2'],
    });
    expect(readNetwork(interfaces, { address: '127.0.0.1' }).addresses).toEqual([]);
  });

  it('uses a link-local IPv4 address when two computers share nothing but a cable', () => {
    const interfaces = { ...loopback, eth0: [interfaceAddress('169.254.7.7')] };
    expect(readNetwork(interfaces).addresses).toEqual(['169.254.7.7']);
  });

  it('uses loopback only when there is nothing else and it is allowed', () => {
    expect(readNetwork(loopback).linkAddresses).toEqual([]);
    expect(readNetwork(loopback, { allowLoopback: true }).linkAddresses).toEqual(['127.0.0.1']);
    expect(
      readNetwork({ ...loopback, ...interfacesWith('10.0.0.2') }, { allowLoopback: true })
        .addresses,
    ).toEqual(['10.0.0.2']);
  });

  it('keeps to the interfaces it is told', () => {
    const interfaces = interfacesWith('10.0.0.2', '10.0.1.2');
    expect(readNetwork(interfaces, { interfaces: ['eth1'] }).addresses).toEqual(['10.0.1.2']);
  });

  it('stays bounded on a computer with very many networks', () => {
    const many = Array.from({ length: 500 }, (_, n) => `10.${n >> 8}.${n & 255}.1`);
    const network = readNetwork(interfacesWith(...many));
    expect(network.linkAddresses).toHaveLength(16);
    expect(network.addresses).toHaveLength(12);
  });
});

describe('sameNetwork', () => {
  const networks = fc
    .uniqueArray(fc.ipV4(), { maxLength: 8 })
    .map((addresses) => ({ linkAddresses: addresses, addresses }));

  it('does not care about the order', () => {
    fc.assert(
      fc.property(networks, ({ addresses }) => {
        const turned = addresses.toReversed();
        expect(
          sameNetwork(
            { linkAddresses: addresses, addresses },
            { linkAddresses: turned, addresses: turned },
          ),
        ).toBe(true);
      }),
    );
  });

  it('sees one address more or less', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const more = { ...network, addresses: [...network.addresses, 'fd00::99'] };
        expect(sameNetwork(network, more)).toBe(false);
        expect(sameNetwork(more, network)).toBe(false);
      }),
    );
  });
});
