/** A decoder process that takes every request and answers none: whoever waits for it waits to the end. */
process.on('disconnect', () => process.exit(0));
process.on('message', () => undefined);
process.send?.({ event: 'ready' });
