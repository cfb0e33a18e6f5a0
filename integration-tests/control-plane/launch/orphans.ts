// Started by its spec, and killed: an API server that says where it is, and waits for ever.
import { startApiServer } from './apiServer';

const server = await startApiServer();
console.log(JSON.stringify({ dir: server.dir }));
