// Asks the virtual address every PERIOD ms as a client does, from a namespace of the switch: probe.mjs ADDRESS PERIOD.
// A line of JSON for each answer: {"at": ms, "of": "address"}, or {"at": ms, "of": "service", "by": node}; and
// {"at": ms, "of": "asked"} for each round, so that silence is told apart from not having asked.
import { createConnection } from 'node:net';

const [address, period] = [process.argv[2], Number(process.argv[3])];
const SERVICE = 7025;
/** Nobody listens there: a host that is alive refuses at once. */
const CLOSED = 9;
const PATIENCE = 200;

const say = (line) => process.stdout.write(`${JSON.stringify({ at: Date.now(), ...line })}\n`);

function ask(port, heard) {
  const socket = createConnection({ host: address, port });
  const timer = setTimeout(() => socket.destroy(), PATIENCE);
  socket.on('close', () => clearTimeout(timer));
  socket.on('error', (error) => error.code === 'ECONNREFUSED' && heard(null));
  socket.once('data', (data) => {
    heard(data.toString().trim().split(' ')[1]);
    socket.destroy();
  });
}

setInterval(() => {
  say({ of: 'asked' });
  ask(CLOSED, () => say({ of: 'address' }));
  ask(SERVICE, (by) => by && say({ of: 'service', by }));
}, period);
