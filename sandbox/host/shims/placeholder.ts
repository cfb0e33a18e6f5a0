import { placeholderModule } from '../placeholder';

// What Jest gives for a console module that no file here is named after. Assigned, not exported: only so can a module
// have every export.
module.exports = placeholderModule('module');
