// The one service of the rehearsal's stub that answers: a line with the node's name to whoever connects.
import { createServer } from 'node:net';
import { hostname } from 'node:os';

createServer((socket) => {
  socket.on('error', () => undefined);
  socket.end(`220 ${hostname()}\n`);
}).listen(7025);
