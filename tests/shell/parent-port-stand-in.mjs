// Loaded before the service's program where it does not run in Electron's utility process but in plain Node: gives it
// `process.parentPort` over the channel of a forked process.
import { EventEmitter } from 'node:events';

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message) => process.send(message),
});
process.on('message', (data) => parentPort.emit('message', { data }));
process.parentPort = parentPort;
