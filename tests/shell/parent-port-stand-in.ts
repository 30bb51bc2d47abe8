/**
 * Loaded before the service's program where it does not run in Electron's utility process but in plain Node: gives
 * it `process.parentPort` over the channel of a forked process.
 */
import { EventEmitter } from 'node:events';

const channel = new EventEmitter();
process.on('message', (data) => channel.emit('message', { data }));

Object.assign(process, {
  parentPort: {
    on: channel.on.bind(channel),
    postMessage: (message: unknown) => process.send?.(message),
  },
});
